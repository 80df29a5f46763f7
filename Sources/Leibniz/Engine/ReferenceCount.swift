#if canImport(LeibnizKernels) && !hasFeature(Embedded)
  import LeibnizKernels
#endif

/// Counts references to an object at an address by hand.
///
/// Not with atomic instructions: a graph belongs to one task at a time, and the compiler sees to
/// it, as ``Value`` is not `Sendable`. That makes a chain a quarter faster from creation to release.
enum ReferenceCount {
  @inline(__always)
  static func retain(_ object: UnsafeMutableRawPointer) {
    #if canImport(LeibnizKernels) && !hasFeature(Embedded)
      _ = swift_nonatomic_retain(object)
    #else
      _ = Unmanaged<Value>.fromOpaque(object).retain()
    #endif
  }

  @inline(__always)
  static func release(_ object: UnsafeMutableRawPointer) {
    #if canImport(LeibnizKernels) && !hasFeature(Embedded)
      swift_nonatomic_release(object)
    #else
      Unmanaged<Value>.fromOpaque(object).release()
    #endif
  }

  /// Whether there is one reference to the object, be there weak ones or not.
  @inline(__always)
  static func isOne(_ object: UnsafeMutableRawPointer) -> Bool {
    #if _pointerBitWidth(_64) && !hasFeature(Embedded)
      // A negative word means that the count stands elsewhere.
      if word(of: object) >= 0 { return word(of: object) >> 33 == 0 }
    #endif
    var object = object
    return withUnsafeMutablePointer(to: &object) {
      $0.withMemoryRebound(to: Value.self, capacity: 1) { isKnownUniquelyReferenced(&$0.pointee) }
    }
  }

  /// Whether there is one reference to the object and no other, not even a weak or unowned one.
  @inline(__always)
  static func isOnly(_ object: UnsafeMutableRawPointer) -> Bool {
    #if _pointerBitWidth(_64) && !hasFeature(Embedded)
      word(of: object) == 3
    #else
      false
    #endif
  }

  /// The second word of an object: from bit 33 the references but one, from bit 1 the unowned
  /// references and one.
  @inline(__always)
  private static func word(of object: UnsafeMutableRawPointer) -> Int {
    object.load(fromByteOffset: MemoryLayout<Int>.size, as: Int.self)
  }
}
