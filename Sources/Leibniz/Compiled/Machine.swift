import LeibnizKernels

/// Runs instructions on one block of lanes, forwards and in reverse.
///
/// What an operation computes and how it is differentiated comes from the primitive table, at
/// `T` = `Double` for what is uniform and for single samples, at `T` = ``Lanes`` for batches. Dot
/// products alone have kernels of their own.
struct Machine<T: LaneNumber> {
  /// How many lanes a slot has: 1, or a multiple of 8.
  let lanes: Int
  let values: UnsafeMutablePointer<Double>
  let gradients: UnsafeMutablePointer<Double>
  let uniformValues: UnsafeMutablePointer<Double>
  let uniformGradients: UnsafeMutablePointer<Double>
  /// Whether what depends on inputs alone gets gradients too.
  let wantsInputGradients: Bool
  /// What has the custom operations.
  let graph: Unmanaged<CompiledGraph>

  func forward(_ instructions: [Instruction]) {
    instructions.withUnsafeBufferPointer { for i in $0.indices { forward($0[i]) } }
  }

  func reverse(_ instructions: [Instruction]) {
    instructions.withUnsafeBufferPointer { for i in $0.indices.reversed() { reverse($0[i]) } }
  }

  @inline(__always)
  private func forward(_ step: Instruction) {
    switch step.opcode {
    case .input, .parameter, .constant: break
    case .copy:
      forEachRun(step) { $0.copy() }
    case .unary(let f):
      if isSingle(step) {
        resultValue(step, 0).pointee = f.value(address(step.a, 0).pointee)
      } else {
        forEachRun(step) { $0.apply(f) }
      }
    case .binary(let f):
      if isSingle(step) {
        resultValue(step, 0).pointee = f.value(
          address(step.a, 0).pointee, address(step.b, 0).pointee)
      } else {
        forEachRun(step) { $0.apply(f) }
      }
    case .nary(.dot):
      forwardDot(step)
    case .nary(let f):
      forEach(step) { row, lane in
        let y: T = f.value(count: argumentCount(step)) { argument($0, of: step, row, lane) }
        store(y, step, row, lane)
      }
    case .custom(let index):
      forEachSample(step) { x, y, lane in y[lane] = customOperation(index).value(x) }
    }
  }

  @inline(__always)
  private func reverse(_ step: Instruction) {
    switch step.opcode {
    case .input, .parameter, .constant: break
    case .copy:
      guard isWanted(step.a) else { return }
      forEachRun(step) { $0.reverseCopy() }
    case .unary(let f):
      guard isWanted(step.a) else { return }
      if isSingle(step) {
        let (x, y) = (address(step.a, 0).pointee, resultValue(step, 0).pointee)
        if let slope = f.derivative(x, y) {
          gradientAddress(step.a, 0).pointee += slope * resultGradient(step, 0).pointee
        }
      } else {
        forEachRun(step) { $0.reverse(f) }
      }
    case .binary(let f):
      let (first, second) = (isWanted(step.a), isWanted(step.b))
      guard first || second else { return }
      if isSingle(step) {
        let (x, y) = (address(step.a, 0).pointee, address(step.b, 0).pointee)
        let (z, g) = (resultValue(step, 0).pointee, resultGradient(step, 0).pointee)
        if first, let slope = f.derivativeByFirst(x, y, z) {
          gradientAddress(step.a, 0).pointee += slope * g
        }
        if second, let slope = f.derivativeBySecond(x, y, z) {
          gradientAddress(step.b, 0).pointee += slope * g
        }
      } else {
        forEachRun(step) { $0.reverse(f, first: first, second: second) }
      }
    case .nary(.dot):
      reverseDot(step)
    case .nary(let f):
      forEach(step) { row, lane in
        f.pullback(
          of: gradient(step, row, lane), count: argumentCount(step),
          { argument($0, of: step, row, lane) }, result(step, row, lane)
        ) { i, share in
          let (operand, j) = place(ofArgument: i, of: step)
          if isWanted(operand) { give(share, to: operand, row, j, lane) }
        }
      }
    case .custom(let index):
      guard isWanted(step.a) else { return }
      let bar = resultGradient(step, 0)
      forEachSample(step) { x, y, lane in
        let slopes = customOperation(index).partials(x, y[lane])
        for i in 0..<Int(step.length) {
          let share = slopes[i] * bar[lane]
          if step.a.isUniform {
            uniformGradients[step.a.slot(0, i)] += share
          } else {
            gradients[step.a.slot(0, i) * lanes + lane] += share
          }
        }
      }
    }
  }
}

extension Machine {
  private func customOperation(_ index: Int32) -> CustomOperation {
    graph._withUnsafeGuaranteedRef { $0.customOperations[Int(index)] }
  }

  @inline(__always)
  func isWanted(_ operand: Instruction.Operand) -> Bool {
    operand.needsGradient == .always || (wantsInputGradients && operand.needsGradient == .forInputs)
  }

  func lanes(of step: Instruction) -> Int { step.isUniform ? 1 : lanes }

  /// Whether it computes one number: then it takes less time than to look for neighbours.
  @inline(__always)
  private func isSingle(_ step: Instruction) -> Bool { step.rows == 1 && lanes(of: step) == 1 }

  @inline(__always)
  func address(_ operand: Instruction.Operand, _ row: Int, _ i: Int = 0) -> UnsafeMutablePointer<
    Double
  > {
    operand.isUniform
      ? uniformValues + operand.slot(row, i) : values + operand.slot(row, i) * lanes
  }

  @inline(__always)
  func gradientAddress(_ operand: Instruction.Operand, _ row: Int, _ i: Int = 0)
    -> UnsafeMutablePointer<Double>
  {
    operand.isUniform
      ? uniformGradients + operand.slot(row, i) : gradients + operand.slot(row, i) * lanes
  }

  @inline(__always)
  func resultValue(_ step: Instruction, _ row: Int) -> UnsafeMutablePointer<Double> {
    step.isUniform
      ? uniformValues + Int(step.result) + row : values + (Int(step.result) + row) * lanes
  }

  @inline(__always)
  func resultGradient(_ step: Instruction, _ row: Int) -> UnsafeMutablePointer<Double> {
    step.isUniform
      ? uniformGradients + Int(step.result) + row : gradients + (Int(step.result) + row) * lanes
  }

  @inline(__always)
  private func load(_ operand: Instruction.Operand, _ row: Int, _ i: Int, _ lane: Int) -> T {
    operand.isUniform
      ? T(uniformValues[operand.slot(row, i)]) : T(at: address(operand, row, i) + lane)
  }

  @inline(__always)
  private func result(_ step: Instruction, _ row: Int, _ lane: Int) -> T {
    T(at: resultValue(step, row) + lane)
  }

  @inline(__always)
  private func gradient(_ step: Instruction, _ row: Int, _ lane: Int) -> T {
    T(at: resultGradient(step, row) + lane)
  }

  @inline(__always)
  private func store(_ value: T, _ step: Instruction, _ row: Int, _ lane: Int) {
    value.store(at: resultValue(step, row) + lane)
  }

  /// Adds to the gradient of an operand; a uniform one gets the sum over the lanes.
  @inline(__always)
  private func give(
    _ share: T, to operand: Instruction.Operand, _ row: Int, _ i: Int, _ lane: Int
  ) {
    if operand.isUniform {
      uniformGradients[operand.slot(row, i)] += share.total
    } else {
      let address = gradientAddress(operand, row, i) + lane
      (T(at: address) + share).store(at: address)
    }
  }

  /// The arguments of an n-ary operation other than `dot`: the list, or the three of `select`.
  private func argumentCount(_ step: Instruction) -> Int {
    step.opcode == .nary(.select) ? 3 : Int(step.length)
  }

  @inline(__always)
  private func place(ofArgument i: Int, of step: Instruction) -> (Instruction.Operand, Int) {
    guard step.opcode == .nary(.select) else { return (step.a, i) }
    return (i == 0 ? step.a : i == 1 ? step.b : step.c, 0)
  }

  @inline(__always)
  private func argument(_ i: Int, of step: Instruction, _ row: Int, _ lane: Int) -> T {
    let (operand, j) = place(ofArgument: i, of: step)
    return load(operand, row, j, lane)
  }
}
