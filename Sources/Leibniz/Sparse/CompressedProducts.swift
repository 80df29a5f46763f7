/// Products of a program's derivatives with sums of unit vectors, one for each colour, from which
/// the entries of a sparse matrix are read off.
struct CompressedProducts {
  /// Where an entry of the matrix is read: in which product, and at which of its numbers.
  struct Entry {
    let color: Int32
    let number: Int
    let place: Int
  }

  private let graph: CompiledGraph
  private let isForward: Bool
  /// The unit vectors of each colour, and the entries.
  private let units: [[Int]]
  private var entries: [[Entry]]
  private let lanes: Int

  init(_ graph: CompiledGraph, isForward: Bool, colors: Coloring, entries: [Entry]) {
    self.graph = graph
    self.isForward = isForward
    var units = [[Int]](repeating: [], count: colors.count)
    for (unit, color) in colors.colors.enumerated() where color >= 0 {
      units[Int(color)].append(unit)
    }
    self.units = units
    self.entries = Array(repeating: [], count: colors.count)
    for entry in entries { self.entries[Int(entry.color)].append(entry) }
    let derivation: CompiledGraph.Derivation = isForward ? .inputTangents : .inputGradients
    lanes = units.isEmpty ? 1 : Self.lanes(graph.executable(derivation))
  }

  var isEmpty: Bool { units.isEmpty }

  var derivation: CompiledGraph.Derivation { isForward ? .inputTangents : .inputGradients }

  /// Where instructions have many neighbours along rows, one product at a time fills the lanes of the
  /// machine with these, in an eighth of the memory.
  private static func lanes(_ executable: Executable) -> Int {
    executable.work > 16 * executable.form.lanes.count ? 1 : 64
  }

  /// Computes the products at a point, and puts the entries in their places.
  func evaluate(
    at point: [Double], _ workspace: Workspace, into values: inout [Double], threads: Int
  ) throws(ProgramError) {
    var first = 0
    while first < units.count {
      let count = min(lanes, units.count - first)
      try evaluate(first..<first + count, at: point, workspace, into: &values, threads: threads)
      first += count
    }
  }

  private func evaluate(
    _ colors: Range<Int>, at point: [Double], _ workspace: Workspace, into values: inout [Double],
    threads: Int
  ) throws(ProgramError) {
    let (inputs, outputs) = (graph.inputCount, graph.outputCount)
    var samples = Samples(count: colors.count, width: inputs)
    let stride = samples.stride
    for (input, number) in point.enumerated() {
      for lane in 0..<stride { samples.columns[input * stride + lane] = number }
    }
    var seeds = [Double](repeating: 0, count: (isForward ? inputs : outputs) * stride)
    for (lane, color) in colors.enumerated() {
      for unit in units[color] { seeds[unit * stride + lane] = 1 }
    }
    var products = [Double](repeating: 0, count: (isForward ? outputs : inputs) * stride)
    try products.withUnsafeMutableBufferPointer { products throws(ProgramError) in
      try seeds.withUnsafeBufferPointer { seeds throws(ProgramError) in
        var request = Executable.Request()
        if isForward {
          request.inputDirections = seeds.baseAddress
          request.outputs = products.baseAddress
        } else {
          request.seeds = seeds.baseAddress
          request.inputGradients = products.baseAddress
        }
        _ = try workspace.executable.run(samples, workspace, request, threads: threads)
      }
    }
    for (lane, color) in colors.enumerated() {
      for entry in entries[color] {
        values[entry.place] = products[entry.number * stride + lane]
      }
    }
  }
}
