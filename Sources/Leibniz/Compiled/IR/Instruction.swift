/// One step of a program: an operation at every point of an index space of three axes (repeat, row
/// and i) and, where lanes take part, for every lane.
///
/// A slot holds a number for every lane, or one number if it is uniform. What a layer does for each
/// of its neurons differs only in where the operands stand, at steps of one length; so one
/// instruction does it for all rows, as a product of a matrix and a vector would.
struct Instruction: Sendable {
  var opcode: Opcode
  /// Whether the result is added to what stands there. Slots that are only added to are zero at
  /// first, and nothing reads them before the last addition.
  var accumulates = false
  var counts = Axes.ones
  var result: Operand
  var a: Operand
  var b: Operand = .none
  /// The alternative of `select`, the bias of a contraction, the cotangent of a slope.
  var c: Operand = .none
  /// The slot, in the program as it was recorded, of the first result that this step belongs to.
  var origin: Int32 = -1

  /// Numbers that go with the three axes: how many points, or how far from one to the next.
  struct Axes: Sendable, Hashable {
    var repeats: Int32
    var rows: Int32
    var length: Int32

    init(_ repeats: Int32, _ rows: Int32, _ length: Int32) {
      self.repeats = repeats
      self.rows = rows
      self.length = length
    }

    static let ones = Axes(1, 1, 1)
    static let zeros = Axes(0, 0, 0)

    /// The number of an axis, in the order of the names.
    subscript(axis: Int) -> Int32 {
      get { axis == 0 ? repeats : axis == 1 ? rows : length }
      set {
        switch axis {
        case 0: repeats = newValue
        case 1: rows = newValue
        default: length = newValue
        }
      }
    }

    /// The number of points.
    var product: Int { Int(repeats) * Int(rows) * Int(length) }
  }

  /// Which memory a slot is in.
  ///
  /// Rules of the primitive table are compiled apart from what they will be applied to; there, each
  /// argument is a space of its own, in which its numbers stand one after the other.
  struct Space: RawRepresentable, Sendable, Hashable {
    let rawValue: UInt8
    init(rawValue: UInt8) { self.rawValue = rawValue }

    static let lane = Space(rawValue: 0)
    static let uniform = Space(rawValue: 1)
    static func argument(_ number: Int) -> Space { Space(rawValue: UInt8(2 + number)) }
    /// The argument's number, for a rule's.
    var argument: Int { Int(rawValue) - 2 }
  }

  /// Where the numbers of an operand stand:
  /// slot = base + repeat · strides.repeats + row · strides.rows + i · strides.length.
  struct Operand: Sendable, Hashable {
    var base: Int32
    var strides: Axes
    var space: Space

    init(_ base: Int32, _ space: Space, strides: Axes = .zeros) {
      self.base = base
      self.space = space
      self.strides = strides
    }

    static let none = Operand(-1, .uniform)

    @inline(__always)
    var isPresent: Bool { base >= 0 }
    @inline(__always)
    var isUniform: Bool { space == .uniform }

    /// The same numbers at another place.
    func moved(by offset: Int32, to space: Space) -> Operand {
      Operand(base + offset, space, strides: strides)
    }

    /// The same, without the strides that say nothing: those of axes with one point.
    func reduced(_ counts: Axes) -> Operand {
      Operand(
        base, space,
        strides: Axes(
          counts.repeats == 1 ? 0 : strides.repeats, counts.rows == 1 ? 0 : strides.rows,
          counts.length == 1 ? 0 : strides.length))
    }

    /// The first slot and the last one, over all points.
    func extent(_ counts: Axes) -> ClosedRange<Int32> {
      let (p, q, i) = (
        (counts.repeats - 1) * strides.repeats, (counts.rows - 1) * strides.rows,
        (counts.length - 1) * strides.length
      )
      return base + min(p, 0) + min(q, 0) + min(i, 0)...base + max(p, 0) + max(q, 0) + max(i, 0)
    }

    /// How many slots there are, if no two points have one by other than a stride of zero.
    func slotCount(_ counts: Axes) -> Int {
      Int(strides.repeats == 0 ? 1 : counts.repeats) * Int(strides.rows == 0 ? 1 : counts.rows)
        * Int(strides.length == 0 ? 1 : counts.length)
    }

    @inline(__always)
    func forEachSlot(_ counts: Axes, _ body: (Int) -> Void) {
      for p in 0..<(strides.repeats == 0 ? 1 : counts.repeats) {
        for q in 0..<(strides.rows == 0 ? 1 : counts.rows) {
          let row = base + p * strides.repeats + q * strides.rows
          for i in 0..<(strides.length == 0 ? 1 : counts.length) {
            body(Int(row + i * strides.length))
          }
        }
      }
    }

    /// Whether several points have one slot because a stride is zero.
    func isShared(_ counts: Axes) -> Bool {
      (counts.repeats > 1 && strides.repeats == 0) || (counts.rows > 1 && strides.rows == 0)
        || (counts.length > 1 && strides.length == 0)
    }

    /// Whether no two points have one slot, apart from those that share it by a stride of zero: sure
    /// where each stride is longer than all shorter ones together.
    func isInjective(_ counts: Axes) -> Bool {
      var axes = (
        (abs(strides.repeats), counts.repeats), (abs(strides.rows), counts.rows),
        (abs(strides.length), counts.length)
      )
      if axes.0.0 > axes.1.0 { swap(&axes.0, &axes.1) }
      if axes.1.0 > axes.2.0 { swap(&axes.1, &axes.2) }
      if axes.0.0 > axes.1.0 { swap(&axes.0, &axes.1) }
      let first = axes.0.0 * (axes.0.1 - 1)
      let second = first + axes.1.0 * (axes.1.1 - 1)
      return (axes.1.1 == 1 || axes.1.0 == 0 || axes.1.0 > first)
        && (axes.2.1 == 1 || axes.2.0 == 0 || axes.2.0 > second)
    }
  }

  /// Zeros in so many neighbouring slots.
  static func zeros(at first: Operand, count: Int32) -> Instruction {
    var place = first
    place.strides = Axes(0, 1, 0)
    return Instruction(opcode: .zero, counts: Axes(1, count, 1), result: place, a: .none)
  }

  /// Whether it is computed once for all lanes.
  @inline(__always)
  var isUniform: Bool { result.isUniform }

  /// The operands that are read.
  @inline(__always)
  func forEachOperand(_ body: (Operand) -> Void) {
    if a.isPresent { body(a) }
    if b.isPresent { body(b) }
    if c.isPresent { body(c) }
  }

  /// The points at which the third operand is read: a bias is added once.
  var countsOfThird: Axes {
    opcode == .contract ? Axes(counts.repeats, counts.rows, 1) : counts
  }

  /// The points at which there is a result: a list becomes one number.
  var countsOfResult: Axes {
    opcode.isList ? Axes(counts.repeats, counts.rows, 1) : counts
  }
}
