import LeibnizKernels

/// Neighbouring results of a map, with the places of its operands.
///
/// Eight numbers are taken at once, be they eight samples or eight rows of one sample.
struct MappedRow {
  /// Numbers `stride` apart; 0 is one number for all.
  struct Place {
    var address: UnsafeMutablePointer<Double>
    var stride: Int
  }

  let count: Int
  var result: Place
  var a: Place
  /// The other operands; the first where there is none.
  var b: Place
  var c: Place
  let accumulates: Bool

  @inline(__always)
  func apply(_ opcode: Opcode) {
    switch opcode {
    case .unary(let f):
      if f == .relu && isDense && a.stride == 1 {
        leibniz_relu(result.address, a.address, count)
      } else if count >= 8, result.stride == 1, a.stride == 1, let kernel = RowKernel.of(f) {
        kernel(result.address, a.address, count)
      } else {
        apply(f)
      }
    case .binary(let f):
      if f == .add && isDense {
        leibniz_sum(result.address, a.address, a.stride, b.address, b.stride, count)
      } else {
        apply(f)
      }
    case .slope(let f):
      if f == .relu && isDense && b.stride == 1 && c.stride == 1 {
        leibniz_relu_slope(
          result.address, b.address, c.address, count, accumulates ? 1 : 0)
      } else {
        applySlope(f)
      }
    default:
      applySelect()
    }
  }

  /// Whether the numbers that rows with kernels of their own take are neighbours.
  private var isDense: Bool {
    result.stride == 1 && (a.stride | 1) == 1 && (b.stride | 1) == 1 && (c.stride | 1) == 1
  }

  @inline(never)
  private func apply(_ f: UnaryFunction) {
    forEach(
      one: { put(f.value(load(Double.self, a, $0)), $0) },
      eight: { put(f.value(load(Lanes.self, a, $0)), $0) })
  }

  @inline(never)
  private func apply(_ f: BinaryFunction) {
    forEach(
      one: { put(f.value(load(Double.self, a, $0), load(Double.self, b, $0)), $0) },
      eight: { put(f.value(load(Lanes.self, a, $0), load(Lanes.self, b, $0)), $0) })
  }

  @inline(never)
  private func applySlope(_ f: UnaryFunction) {
    forEach(one: { slope(f, Double.self, $0) }, eight: { slope(f, Lanes.self, $0) })
  }

  @inline(__always)
  private func slope<N: LaneNumber>(_ f: UnaryFunction, _: N.Type, _ i: Int) {
    guard let slope = f.derivative(load(N.self, a, i), load(N.self, b, i)) else { return }
    let share = slope * load(N.self, c, i)
    put(accumulates ? load(N.self, result, i) + share : share, i)
  }

  @inline(never)
  private func applySelect() {
    forEach(one: { select(Double.self, $0) }, eight: { select(Lanes.self, $0) })
  }

  @inline(__always)
  private func select<N: LaneNumber>(_: N.Type, _ i: Int) {
    let y: N = NaryFunction.select.value(count: 3) {
      load(N.self, $0 == 0 ? a : $0 == 1 ? b : c, i)
    }
    put(y, i)
  }

  /// One or two numbers take less time by themselves.
  @inline(__always)
  private func forEach(one: (Int) -> Void, eight: (Int) -> Void) {
    var i = 0
    if count > 2 {
      while i < count {
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
    let address = place.address + i * place.stride
    if place.stride == 0 { return N(address.pointee) }
    if N.width == 1 || (place.stride == 1 && i + 8 <= count) { return N(at: address) }
    return N(at: address, stride: place.stride, count: count - i)
  }

  @inline(__always)
  private func put<N: LaneNumber>(_ value: N, _ i: Int) {
    let address = result.address + i * result.stride
    if N.width == 1 || (result.stride == 1 && i + 8 <= count) {
      value.store(at: address)
    } else {
      value.store(at: address, stride: result.stride, count: count - i)
    }
  }
}

extension Machine {
  /// A map over its three axes, with as many neighbours at a time as there are.
  func map(_ step: Instruction) {
    let lanes = lanes(of: step.result)
    let counts = step.counts
    func isNeighbourly(_ operand: Instruction.Operand) -> Bool {
      !operand.isPresent
        || (lanes == 1
          || (operand.strides.length == 1 && !operand.isUniform)
          || (operand.strides.length == 0 && operand.isUniform))
    }
    let isOneRun =
      isNeighbourly(step.result) && isNeighbourly(step.a) && isNeighbourly(step.b)
      && isNeighbourly(step.c)
    let length = Int(counts.length)
    for repeated in 0..<Int(counts.repeats) {
      for row in 0..<Int(counts.rows) {
        if isOneRun {
          run(step, repeated, row, 0, count: length * lanes).apply(step.opcode)
        } else {
          for i in 0..<length {
            run(step, repeated, row, i, count: lanes).apply(step.opcode)
          }
        }
      }
    }
  }

  @inline(__always)
  private func run(
    _ step: Instruction, _ repeated: Int, _ row: Int, _ i: Int, count: Int
  ) -> MappedRow {
    let isOne = lanes(of: step.result) == 1
    func place(
      _ operand: Instruction.Operand, at address: UnsafeMutablePointer<Double>
    ) -> MappedRow.Place {
      let offset =
        repeated * Int(operand.strides.repeats) + row * Int(operand.strides.rows)
        + i * Int(operand.strides.length)
      return MappedRow.Place(
        address: address + offset * lanes(of: operand),
        stride: isOne ? Int(operand.strides.length) : operand.isUniform ? 0 : 1)
    }
    let a = place(step.a, at: address(step.a))
    return MappedRow(
      count: count, result: place(step.result, at: resultAddress(step)), a: a,
      b: step.b.isPresent ? place(step.b, at: address(step.b)) : a,
      c: step.c.isPresent ? place(step.c, at: address(step.c)) : a,
      accumulates: step.accumulates)
  }
}
