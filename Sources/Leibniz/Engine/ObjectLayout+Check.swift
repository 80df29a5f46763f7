extension ObjectLayout {
  /// Whether objects and arrays of this process are laid out so.
  func holds() -> Bool {
    let word = MemoryLayout<Int>.size
    return MemoryLayout<Value>.size == word && MemoryLayout<[Value]>.size == word
      && MemoryLayout<Node>.size == word && MemoryLayout<Node?>.size == word
      && countsReferences() && [0, 1, 2, 3, 10].allSatisfy(readsArrays) && forgetsElements()
  }

  /// Whether each kind of reference to a node shows.
  private func countsReferences() -> Bool {
    let object = Self.retainedValue()
    defer { Self.releaseOnce(object) }
    guard countsReferences(object) else { return false }
    #if !hasFeature(Embedded)
      for isWeak in [true, false] {
        let object = Self.retainedValue()
        let observer = Observer(of: object, weakly: isWeak)
        let shows = !isOnly(object)
        withExtendedLifetime(observer) { Self.releaseOnce(object) }
        guard shows else { return false }
      }
    #endif
    return true
  }

  /// Whether a second reference to an object with one shows.
  private func countsReferences(_ object: UnsafeMutableRawPointer) -> Bool {
    guard isOnly(object) else { return false }
    Self.retainOnce(object)
    let shows = !isOnly(object)
    Self.releaseOnce(object)
    return shows && isOnly(object)
  }

  /// Whether the count and the elements of arrays are where they are looked for, and their storage
  /// counts references as nodes do.
  private func readsArrays(of count: Int) -> Bool {
    let values = Self.values(count)
    for array in [values, Array(values.dropFirst(count / 2)), values + values] {
      let storage = Self.retainedStorage(of: array)
      defer { Self.releaseOnce(storage) }
      guard
        self.count(storage) == array.count,
        array.indices.allSatisfy({ element($0, storage) == array[$0].node })
      else { return false }
    }
    guard count > 0 else { return true }
    let only = Self.retainedArray(count)
    defer { Self.releaseOnce(only) }
    return countsReferences(only)
  }

  /// Whether an array whose number is set to zero does not touch its elements when it dies.
  private func forgetsElements() -> Bool {
    let object = Self.retainedValue()
    defer { Self.releaseOnce(object) }
    let storage = Self.retainedArray(1, Unmanaged<Value>.fromOpaque(object).takeUnretainedValue())
    setCount(storage, 0)
    Self.releaseOnce(storage)
    guard !isOnly(object) else { return false }
    Self.releaseOnce(object)
    return isOnly(object)
  }

  // Not inlined: an optimizer would do without references that are not needed, and here they are.

  @inline(never)
  private static func retainOnce(_ object: UnsafeMutableRawPointer) { retain(object) }

  @inline(never)
  private static func releaseOnce(_ object: UnsafeMutableRawPointer) { release(object) }

  @inline(never)
  private static func retainedValue() -> UnsafeMutableRawPointer {
    Unmanaged.passRetained(Value(1)).toOpaque()
  }

  @inline(never)
  private static func retainedArray(
    _ count: Int, _ first: Value = Value(0)
  ) -> UnsafeMutableRawPointer {
    retainedStorage(of: values(count, first))
  }

  @inline(never)
  private static func values(_ count: Int, _ first: Value = Value(0)) -> [Value] {
    var values = (0..<count).map { $0 == 0 ? first : Value(Double($0)) }
    values.reserveCapacity(count + 5)
    return values
  }

  #if !hasFeature(Embedded)
    /// Has a reference to a node that is not counted as others are.
    private final class Observer {
      private weak var weakly: Value?
      private unowned var unowned: Value?

      @inline(never)
      init(of object: UnsafeMutableRawPointer, weakly isWeak: Bool) {
        let value = Unmanaged<Value>.fromOpaque(object).takeUnretainedValue()
        if isWeak { weakly = value } else { unowned = value }
      }
    }
  #endif
}
