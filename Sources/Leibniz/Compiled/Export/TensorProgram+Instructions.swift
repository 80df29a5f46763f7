extension TensorProgram {
  mutating func write(_ list: [Instruction], amongLanes: Bool) {
    isAmongLanes = amongLanes
    for step in list { write(step, isTotal: step.isUniform) }
  }

  /// - Parameter isTotal: whether what differs from sample to sample is added up.
  private mutating func write(_ step: Instruction, isTotal: Bool) {
    // Two results in one place, at strides that overlap, are added one after the other.
    if !step.result.isInjective(step.countsOfResult) {
      let axis = step.counts.repeats > 1 ? 0 : 1
      for i in 0..<Int32(step.counts.count(axis)) {
        write(step.at(i, along: axis), isTotal: isTotal)
      }
      return
    }
    let counts = step.countsOfResult
    let axes = step.result.axes(counts)
    var y: Tensor
    switch step.opcode {
    case .zero: y = writer.number(0)
    case .contract: y = contraction(step, isTotal)
    case .gather, .scatter: y = lookup(step, isTotal)
    default: y = row(step)
    }
    let dims = axes.map { counts.count($0) }
    if step.accumulates {
      var isZero = true
      step.result.forEachSlot(counts) { isZero = isZero && place($0, step.result.space) == .zero }
      if !isZero {
        let before = tensor(step.result, counts)
        let hasLanes = y.hasLanes || before.hasLanes
        y = writer.apply(
          .add, [fitted(before, axes, axes, dims, hasLanes), fitted(y, axes, axes, dims, hasLanes)])
      }
    }
    if y.dims != dims { y = fitted(y, [], axes, dims, y.hasLanes) }
    var slots: [Int] = []
    step.result.forEachSlot(counts) { slots.append($0) }
    store(y, at: slots, step.result.space)
  }

  /// An array over some axes as one over more.
  private mutating func fitted(
    _ x: Tensor, _ axes: [Int], _ all: [Int], _ dims: [Int], _ hasLanes: Bool
  ) -> Tensor {
    if x.dims == dims && x.hasLanes == hasLanes { return x }
    let places = x.dims.isEmpty ? [] : axes.map { all.firstIndex(of: $0)! }
    return writer.broadcast(x, axes: places, to: dims, hasLanes: hasLanes)
  }

  // MARK: Contractions

  private mutating func factor(_ operand: Instruction.Operand, _ counts: Instruction.Axes)
    -> TensorFactor
  {
    TensorFactor(tensor: tensor(operand, counts), axes: operand.axes(counts))
  }

  private mutating func sum(_ x: inout TensorFactor, keeping isKept: (Int) -> Bool, andLanes: Bool)
  {
    let gone = x.axes.indices.filter { !isKept(x.axes[$0]) }
    if gone.isEmpty && !(andLanes && x.tensor.hasLanes) { return }
    x.tensor = writer.fold(
      x.tensor, by: .total, over: gone, andLanes: andLanes && x.tensor.hasLanes)
    x.axes.removeAll { !isKept($0) }
  }

  private mutating func contraction(_ step: Instruction, _ isTotal: Bool) -> Tensor {
    let counts = step.counts
    let axes = step.result.axes(counts)
    var a = factor(step.a, counts)
    var b = step.b.isPresent ? factor(step.b, counts) : nil
    let isInA = Set(a.axes)
    let isInB = Set(b?.axes ?? [])
    // How often each product is counted where an axis changes nothing.
    var times = 1
    for axis in 0..<3
    where counts.count(axis) > 1 && !axes.contains(axis) && !isInA.contains(axis)
      && !isInB.contains(axis)
    { times *= counts.count(axis) }
    let (aHasLanes, bHasLanes) = (a.tensor.hasLanes, b?.tensor.hasLanes ?? false)
    sum(
      &a, keeping: { axes.contains($0) || isInB.contains($0) }, andLanes: isTotal && !bHasLanes)
    if var other = b {
      sum(
        &other, keeping: { axes.contains($0) || isInA.contains($0) },
        andLanes: isTotal && !aHasLanes)
      a = product(a, other, axes, isTotal)
      b = other
    }
    let dims = axes.map { counts.count($0) }
    var result = fitted(a.tensor, a.axes, axes, dims, a.tensor.hasLanes)
    if times > 1 { result = scaled(result, by: writer.number(Double(times))) }
    if isTotal && isAmongLanes && !aHasLanes && !bHasLanes {
      result = scaled(result, by: writer.sampleCount())
    }
    if step.c.isPresent {
      let bias = factor(step.c, step.countsOfThird)
      let lanes = result.hasLanes || bias.tensor.hasLanes
      result = writer.apply(
        .add,
        [
          fitted(result, axes, axes, dims, lanes),
          fitted(bias.tensor, bias.axes, axes, dims, lanes),
        ])
    }
    return result
  }

  private mutating func scaled(_ x: Tensor, by number: Tensor) -> Tensor {
    writer.apply(
      .multiply,
      [x, writer.broadcast(number, axes: [], to: x.dims, hasLanes: x.hasLanes)])
  }

  private mutating func product(
    _ a: TensorFactor, _ b: TensorFactor, _ axes: [Int], _ isTotal: Bool
  ) -> TensorFactor {
    let common = a.axes.filter { b.axes.contains($0) }
    let summed = common.filter { !axes.contains($0) }
    let bothHaveLanes = a.tensor.hasLanes && b.tensor.hasLanes
    let sumsLanes = isTotal && bothHaveLanes
    if (!summed.isEmpty || sumsLanes) && summed.count == common.count
      && (sumsLanes || !bothHaveLanes)
    {
      // A product of matrices, with the axes of the result in its order as far as that goes.
      let isFirst =
        a.tensor.hasLanes == b.tensor.hasLanes
        ? (a.axes.first { axes.contains($0) } ?? 3) <= (b.axes.first { axes.contains($0) } ?? 3)
        : a.tensor.hasLanes
      let (x, y) = isFirst ? (a, b) : (b, a)
      let pairs = summed.map { (x.axes.firstIndex(of: $0)!, y.axes.firstIndex(of: $0)!) }
      let left = (x.axes + y.axes).filter { !summed.contains($0) }
      var result = writer.product(x.tensor, y.tensor, over: pairs, andLanes: sumsLanes)
      let sorted = left.sorted()
      if sorted != left {
        result = writer.transpose(result, sorted.map { left.firstIndex(of: $0)! })
      }
      return TensorFactor(tensor: result, axes: sorted)
    }
    let all = Set(a.axes + b.axes).sorted()
    let dims = all.map { axis -> Int in
      a.axes.firstIndex(of: axis).map { a.tensor.dims[$0] }
        ?? b.tensor.dims[b.axes.firstIndex(of: axis)!]
    }
    let hasLanes = a.tensor.hasLanes || b.tensor.hasLanes
    var result = TensorFactor(
      tensor: writer.apply(
        .multiply,
        [
          fitted(a.tensor, a.axes, all, dims, hasLanes),
          fitted(b.tensor, b.axes, all, dims, hasLanes),
        ]), axes: all)
    sum(&result, keeping: { !summed.contains($0) }, andLanes: isTotal)
    return result
  }

  // MARK: Rows of the table

  private mutating func row(_ step: Instruction) -> Tensor {
    let counts = step.countsOfResult
    let known = [step.a, step.b, step.c].map { operand -> Double? in
      guard operand.isPresent, operand.axes(counts).isEmpty else { return nil }
      let place = place(Int(operand.base), operand.space)
      return place.array < 0
        ? (place == .zero ? 0 : form.constants[Int(place.column)].number) : nil
    }
    let row = rows.row(
      of: step, known: step.opcode.isList ? [nil, nil, nil] : known, form.customOperations)
    let axes = step.result.axes(counts)
    var arguments: [Int: TensorFactor] = [:]
    for operand in row.steps.flatMap({ $0.operands }) + [row.result] {
      guard case .argument(let i) = operand, arguments[i] == nil else { continue }
      if row.isJoined {
        arguments[i] = factor(step.a, step.counts)
        continue
      }
      var part = step.opcode.isList ? step.a : [step.a, step.b, step.c][i]
      if step.opcode.isList { part.base += Int32(i) * part.strides.length }
      arguments[i] = factor(part, counts)
    }
    let hasLanes = arguments.values.contains { $0.tensor.hasLanes }
    let wide = row.isJoined && step.counts.length > 1 ? axes + [2] : axes
    var results: [TensorFactor] = []
    func isWide(_ operand: ElementaryStep.Operand) -> Bool {
      switch operand {
      case .number: false
      case .argument: true
      case .step(let i): results[i].axes == wide
      }
    }
    func tensor(
      _ program: inout TensorProgram, _ operand: ElementaryStep.Operand, _ axes: [Int]
    ) -> Tensor {
      let x =
        switch operand {
        case .number(let bits):
          TensorFactor(tensor: program.writer.number(Double(bitPattern: bits)), axes: [])
        case .argument(let i): arguments[i]!
        case .step(let i): results[i]
        }
      let dims = axes.map { step.counts.count($0) }
      return program.fitted(x.tensor, x.axes, axes, dims, hasLanes)
    }
    for part in row.steps {
      let isFold = part.operation == .total || part.operation == .largest
      let all = isFold || part.operands.contains(where: isWide) ? wide : axes
      let operands = part.operands.map { tensor(&self, $0, all) }
      if isFold {
        let list = wide == axes ? [] : [wide.count - 1]
        let result = writer.fold(operands[0], by: part.operation, over: list, andLanes: false)
        results.append(TensorFactor(tensor: result, axes: axes))
      } else {
        results.append(TensorFactor(tensor: writer.apply(part.operation, operands), axes: all))
      }
    }
    return tensor(&self, row.result, axes)
  }

  // MARK: Tables

  /// An entry of a table at an index, or what is added to the entry: a comparison with all indices, and
  /// a sum over them.
  private mutating func lookup(_ step: Instruction, _ isTotal: Bool) -> Tensor {
    let counts = step.counts
    let isGather = step.opcode == .gather
    let all = (0..<3).filter { counts.count($0) > 1 }
    let dims = all.map { counts.count($0) }
    let outer = Instruction.Axes(counts.repeats, counts.rows, 1)
    let index = factor(step.a, outer)
    let data = isGather ? factor(step.b, counts) : factor(step.c, outer)
    let hasLanes = index.tensor.hasLanes || data.tensor.hasLanes
    let numbers = (0..<Int(counts.length)).map(Double.init)
    let place = fitted(
      counts.length > 1 ? writer.constant(numbers, dims: [numbers.count]) : writer.number(0),
      counts.length > 1 ? [2] : [], all, dims, hasLanes)
    let at = fitted(index.tensor, index.axes, all, dims, hasLanes)
    let zero = fitted(writer.number(0), [], all, dims, hasLanes)
    func chosen(_ program: inout TensorProgram, _ x: Tensor) -> Tensor {
      let below = program.writer.apply(.choose, [place, at, x, zero])
      return program.writer.apply(.choose, [at, place, below, zero])
    }
    let axes = step.result.axes(step.countsOfResult)
    func summed(_ program: inout TensorProgram, _ x: Tensor, _ axes: [Int], _ lanes: Bool)
      -> TensorFactor
    {
      var x = TensorFactor(tensor: x, axes: all)
      program.sum(&x, keeping: { axes.contains($0) }, andLanes: lanes)
      return x
    }
    let entries = chosen(&self, fitted(data.tensor, data.axes, all, dims, hasLanes))
    guard isGather else { return summed(&self, entries, axes, isTotal).tensor }
    let inner = all.filter { $0 != 2 }
    let found = summed(&self, entries, inner, false)
    let one = fitted(writer.number(1), [], all, dims, hasLanes)
    let hits = summed(&self, chosen(&self, one), inner, false).tensor
    let few = fitted(writer.number(1), [], inner, hits.dims, hasLanes)
    let missing = fitted(writer.number(.nan), [], inner, hits.dims, hasLanes)
    var result = TensorFactor(
      tensor: writer.apply(.choose, [hits, few, found.tensor, missing]), axes: inner)
    sum(&result, keeping: { axes.contains($0) }, andLanes: isTotal)
    return result.tensor
  }
}

extension Instruction {
  /// The instruction at one point of an axis.
  fileprivate func at(_ i: Int32, along axis: Int) -> Instruction {
    func moved(_ operand: Operand) -> Operand {
      guard operand.isPresent else { return operand }
      var operand = operand
      operand.base += i * Int32(operand.strides.count(axis))
      if axis == 0 { operand.strides.repeats = 0 } else { operand.strides.rows = 0 }
      return operand
    }
    var step = self
    (step.result, step.a, step.b, step.c) = (moved(result), moved(a), moved(b), moved(c))
    if axis == 0 { step.counts.repeats = 1 } else { step.counts.rows = 1 }
    return step
  }
}

/// An operand, and the axes that it still has.
private struct TensorFactor {
  var tensor: Tensor
  var axes: [Int]
}
