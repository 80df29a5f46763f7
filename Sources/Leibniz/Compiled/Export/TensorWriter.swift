/// An array in an exported program: so many numbers along each axis, for each sample where it has
/// lanes.
struct Tensor: Hashable {
  /// Its number among those that the writer made.
  let id: Int
  /// Whether its first axis is the samples.
  let hasLanes: Bool
  /// The lengths of its axes beside the samples.
  let dims: [Int]

  var count: Int { dims.reduce(1, *) }

  /// The lengths of the axes that a sum over some leaves.
  func dims(without axes: [Int]) -> [Int] {
    dims.indices.filter { !axes.contains($0) }.map { dims[$0] }
  }
}

/// A language of arrays: what ``TensorProgram`` writes a program's instructions in.
protocol TensorWriter {
  /// The array with these numbers.
  mutating func constant(_ numbers: [Double], dims: [Int]) -> Tensor
  /// How many samples there are, as a number.
  mutating func sampleCount() -> Tensor
  /// `count` entries along the last axis.
  mutating func slice(_ x: Tensor, from start: Int, step: Int, count: Int) -> Tensor
  mutating func reshape(_ x: Tensor, to dims: [Int]) -> Tensor
  /// Axis i of the result is axis `order[i]` of x; samples stay first.
  mutating func transpose(_ x: Tensor, _ order: [Int]) -> Tensor
  /// The array with the order of some axes turned round.
  mutating func reverse(_ x: Tensor, axes: [Int]) -> Tensor
  /// The arrays one after the other along the last axis.
  mutating func concatenate(_ parts: [Tensor]) -> Tensor
  /// The array with further axes: axis i of x is axis `axes[i]` of the result.
  mutating func broadcast(_ x: Tensor, axes: [Int], to dims: [Int], hasLanes: Bool) -> Tensor
  /// A step at each place of arrays of one shape.
  mutating func apply(_ operation: ElementaryStep.Operation, _ x: [Tensor]) -> Tensor
  /// The total or the largest over some axes, and over the samples.
  mutating func fold(
    _ x: Tensor, by operation: ElementaryStep.Operation, over axes: [Int], andLanes: Bool
  ) -> Tensor
  /// Σ x · y over pairs of axes, and over the samples of both; the axes of x that are left come first,
  /// then those of y.
  mutating func product(_ x: Tensor, _ y: Tensor, over axes: [(Int, Int)], andLanes: Bool) -> Tensor
}

extension TensorWriter {
  mutating func number(_ number: Double) -> Tensor { constant([number], dims: []) }

  /// x with a length of its own along each axis.
  mutating func flat(_ x: Tensor) -> Tensor {
    x.dims.count == 1 ? x : reshape(x, to: [x.count])
  }

  /// Some columns of a row of numbers, at steps along axes: column = start + Σ place · step.
  ///
  /// - Returns: `nil` where steps are such that no slice gives them.
  mutating func view(
    _ row: Tensor, from start: Int, _ axes: [(count: Int, step: Int)]
  ) -> Tensor? {
    let turned = axes.indices.filter { axes[$0].step < 0 }
    if !turned.isEmpty {
      let first = turned.reduce(start) { $0 + (axes[$1].count - 1) * axes[$1].step }
      return view(row, from: first, axes.map { ($0.count, abs($0.step)) }).map {
        reverse($0, axes: turned)
      }
    }
    let order = axes.indices.sorted { (axes[$0].step, -$0) > (axes[$1].step, -$1) }
    var x = row
    var prefix: [Int] = []
    var (width, offset) = (row.dims[0], start)
    for (place, axis) in order.enumerated() {
      let (count, step) = axes[axis]
      guard step > 0 else { return nil }
      let rest = order[(place + 1)...].map { axes[$0] }
      let span = rest.reduce(1) { $0 + ($1.count - 1) * $1.step }
      if rest.isEmpty {
        x = slice(x, from: offset, step: step, count: count)
        prefix.append(count)
        break
      }
      guard step >= span else { return nil }
      // A row for each place, of which the rest is taken: the last one may be cut short.
      var first = offset
      if first + count * step > width { first = width - count * step }
      guard first >= 0, offset - first + span <= step else { return nil }
      x = slice(x, from: first, step: 1, count: count * step)
      prefix.append(count)
      x = reshape(x, to: prefix + [step])
      (width, offset) = (step, offset - first)
    }
    if order.isEmpty {
      x = reshape(slice(x, from: offset, step: 1, count: 1), to: [])
    }
    if order == Array(axes.indices) { return x }
    return transpose(x, axes.indices.map { axis in order.firstIndex(of: axis)! })
  }
}
