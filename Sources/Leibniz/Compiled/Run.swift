/// Neighbouring results of one operation, with the places of its operands.
///
/// Eight numbers are taken at once wherever operands are neighbours or shared, be they eight samples
/// or eight rows of one sample.
struct Run {
  /// Numbers `stride` apart; 0 is one number for all.
  struct Place {
    let values: UnsafeMutablePointer<Double>
    let gradients: UnsafeMutablePointer<Double>
    let stride: Int

    var isDense: Bool { stride == 0 || stride == 1 }
  }

  let count: Int
  let result: Place
  let a: Place
  /// The second operand; the result where there is none.
  let b: Place

  @inline(__always)
  func copy() {
    forEach(one: { put(load(Double.self, a, $0), $0) }, eight: { put(load(Lanes.self, a, $0), $0) })
  }

  @inline(__always)
  func apply(_ f: UnaryFunction) {
    if f == .relu { applyReLU() } else { applyRow(f) }
  }

  /// Networks run relu more often than all other rows, and it takes less time than to choose a row:
  /// in a function of its own the compiler knows the row and inlines it.
  @inline(never)
  private func applyReLU() { applyRow(.relu) }

  @inline(__always)
  private func applyRow(_ f: UnaryFunction) {
    forEach(
      one: { put(f.value(load(Double.self, a, $0)), $0) },
      eight: { put(f.value(load(Lanes.self, a, $0)), $0) })
  }

  @inline(__always)
  func apply(_ f: BinaryFunction) {
    forEach(
      one: { put(f.value(load(Double.self, a, $0), load(Double.self, b, $0)), $0) },
      eight: { put(f.value(load(Lanes.self, a, $0), load(Lanes.self, b, $0)), $0) })
  }

  @inline(__always)
  func reverseCopy() {
    forEach(
      one: { give(gradient(Double.self, $0), to: a, $0) },
      eight: { give(gradient(Lanes.self, $0), to: a, $0) })
  }

  @inline(__always)
  func reverse(_ f: UnaryFunction) {
    if f == .relu { reverseReLU() } else { reverseRow(f) }
  }

  @inline(never)
  private func reverseReLU() { reverseRow(.relu) }

  @inline(__always)
  private func reverseRow(_ f: UnaryFunction) {
    forEach(one: { reverse(f, Double.self, $0) }, eight: { reverse(f, Lanes.self, $0) })
  }

  @inline(__always)
  private func reverse<N: LaneNumber>(_ f: UnaryFunction, _: N.Type, _ i: Int) {
    if let slope = f.derivative(load(N.self, a, i), load(N.self, result, i)) {
      give(slope * gradient(N.self, i), to: a, i)
    }
  }

  /// - Parameters first, second: which operands want a gradient.
  @inline(__always)
  func reverse(_ f: BinaryFunction, first: Bool, second: Bool) {
    forEach(
      one: { reverse(f, Double.self, first, second, $0) },
      eight: { reverse(f, Lanes.self, first, second, $0) })
  }

  @inline(__always)
  private func reverse<N: LaneNumber>(
    _ f: BinaryFunction, _: N.Type, _ first: Bool, _ second: Bool, _ i: Int
  ) {
    let g = gradient(N.self, i)
    let (x, y, z) = (load(N.self, a, i), load(N.self, b, i), load(N.self, result, i))
    if first, let slope = f.derivativeByFirst(x, y, z) { give(slope * g, to: a, i) }
    if second, let slope = f.derivativeBySecond(x, y, z) { give(slope * g, to: b, i) }
  }
}

extension Run {
  @inline(__always)
  private func forEach(one: (Int) -> Void, eight: (Int) -> Void) {
    var i = 0
    if a.isDense && b.isDense {
      while i + 8 <= count {
        eight(i)
        i += 8
      }
    }
    while i < count {
      one(i)
      i += 1
    }
  }

  @inline(__always)
  private func load<N: LaneNumber>(_: N.Type, _ place: Place, _ i: Int) -> N {
    place.stride == 0 ? N(place.values.pointee) : N(at: place.values + i * place.stride)
  }

  @inline(__always)
  private func gradient<N: LaneNumber>(_: N.Type, _ i: Int) -> N { N(at: result.gradients + i) }

  @inline(__always)
  private func put<N: LaneNumber>(_ value: N, _ i: Int) { value.store(at: result.values + i) }

  /// Adds to the gradient of an operand; a shared one gets the sum.
  @inline(__always)
  private func give<N: LaneNumber>(_ share: N, to place: Place, _ i: Int) {
    if place.stride == 0 {
      place.gradients.pointee += share.total
    } else {
      let address = place.gradients + i * place.stride
      (N(at: address) + share).store(at: address)
    }
  }
}
