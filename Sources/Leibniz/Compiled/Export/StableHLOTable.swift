/// A module of StableHLO whose function walks a table of steps in a loop on the device: for programs of
/// so many operations of one number each that XLA would take minutes to compile them.
struct StableHLOTable {
  private(set) var text: String

  /// - Precondition: The form is lowered.
  init(
    _ form: Form, _ results: ExportedResults, _ precision: ExportPrecision, _ graph: CompiledGraph,
    single: Int
  ) {
    let table = ElementaryTable(form)
    let writer = StableHLOWriter(
      precision: precision, parameters: graph.parameterCount, inputs: graph.inputCount)
    let element = writer.element
    let (slots, count) = (Int(table.slots), table.rows.count / 6)
    let state = "tensor<\(slots)x?x\(element)>"
    var lines: [String] = []
    func add(_ line: String) { lines.append("    " + line) }
    let entry = "tensor<\(count)x6xi32>"
    add("%table = stablehlo.constant dense<\(Self.hex(table.rows))> : \(entry)")
    add("%origin = stablehlo.constant dense<0> : tensor<i32>")
    add("%one = stablehlo.constant dense<1> : tensor<i32>")

    // The numbers that slots have at first, piece by piece.
    var pieces: [(Int, Int, String)] = []
    func piece(_ name: String, at start: Int32, _ count: Int, _ define: String) {
      if count == 0 { return }
      add("\(name) = \(define)")
      pieces.append((Int(start), count, name))
    }
    func shape(_ count: Int) -> String { "tensor<\(count)x?x\(element)>" }
    let ports = form.ports
    piece(
      "%inputs", at: ports.inputs.lowerBound, ports.inputs.count,
      "stablehlo.transpose %samples, dims = [1, 0] : (\(writer.type(writer.samples))) -> "
        + shape(ports.inputs.count))
    func spread(_ name: String, at start: Int32, _ count: Int) {
      piece(
        "\(name)rows", at: start, count,
        "stablehlo.broadcast_in_dim \(name), dims = [0] : (tensor<\(count)x\(element)>) -> "
          + shape(count))
    }
    let uniform = form.laneSlots
    spread("%parameters", at: uniform + ports.parameters.lowerBound, ports.parameters.count)
    if let seeds = ports.seeds {
      add(
        "%size = stablehlo.get_dimension_size %samples, dim = 0 : "
          + "(\(writer.type(writer.samples))) -> tensor<i32>")
      add("%n = stablehlo.convert %size : (tensor<i32>) -> tensor<\(element)>")
      add("%unit = stablehlo.constant dense<1.0> : tensor<\(element)>")
      add("%seed = stablehlo.divide %unit, %n : tensor<\(element)>")
      piece(
        "%seeds", at: seeds.lowerBound, seeds.count,
        "stablehlo.broadcast_in_dim %seed, dims = [] : (tensor<\(element)>) -> "
          + shape(seeds.count))
    }
    var numbers = form.constants.map { (uniform + $0.slot, $0.number) }
    numbers += table.constants.enumerated().map { (table.firstConstant + Int32($0), $1) }
    numbers.sort { $0.0 < $1.0 }
    var start = 0
    while start < numbers.count {
      var end = start + 1
      while end < numbers.count && numbers[end].0 == numbers[end - 1].0 + 1 { end += 1 }
      let list = numbers[start..<end].map { writer.literal($0.1) }.joined(separator: ", ")
      add("%c\(start) = stablehlo.constant dense<[\(list)]> : tensor<\(end - start)x\(element)>")
      spread("%c\(start)", at: numbers[start].0, end - start)
      start = end
    }
    pieces.sort { $0.0 < $1.0 }
    var (names, types, place): ([String], [String], Int) = ([], [], 0)
    func zeros(_ count: Int) {
      if count == 0 { return }
      add("%zeros\(place) = stablehlo.constant dense<0.0> : \(shape(count))")
      names.append("%zeros\(place)")
      types.append(shape(count))
    }
    for (start, count, name) in pieces {
      zeros(start - place)
      names.append(name)
      types.append(shape(count))
      place = start + count
    }
    zeros(slots - place)
    add(
      "%state0 = stablehlo.concatenate \(names.joined(separator: ", ")), dim = 0 : "
        + "(\(types.joined(separator: ", "))) -> \(state)")

    func walk(_ loop: Int, from first: Int, to last: Int, _ before: String) -> String {
      if first == last { return before }
      add("%first\(loop) = stablehlo.constant dense<\(first)> : tensor<i32>")
      add("%last\(loop) = stablehlo.constant dense<\(last)> : tensor<i32>")
      add(
        "%loop\(loop):2 = stablehlo.while(%i = %first\(loop), %state = \(before)) : "
          + "tensor<i32>, \(state)")
      lines.append(Self.body(table, writer, last: "%last\(loop)", entry: entry, state: state))
      return "%loop\(loop)#1"
    }
    var current = walk(0, from: 0, to: table.epilogue, "%state0")
    if !form.totals.isEmpty {
      let (first, count) = (Int(uniform + form.totals.lowerBound), form.totals.count)
      add("%zero = stablehlo.constant dense<0.0> : tensor<\(element)>")
      add(
        "%shares = stablehlo.slice \(current) [\(first):\(first + count), 0:?] : (\(state)) -> "
          + shape(count))
      add(
        "%sums = stablehlo.reduce(%shares init: %zero) applies stablehlo.add across "
          + "dimensions = [1] : (\(shape(count)), tensor<\(element)>) -> "
          + "tensor<\(count)x\(element)>")
      add(
        "%totals = stablehlo.broadcast_in_dim %sums, dims = [0] : "
          + "(tensor<\(count)x\(element)>) -> \(shape(count))")
      add("%place = stablehlo.constant dense<\(first)> : tensor<i32>")
      add(
        "%state1 = stablehlo.dynamic_update_slice \(current), %totals, %place, %origin : "
          + "(\(state), \(shape(count)), tensor<i32>, tensor<i32>) -> \(state)")
      current = "%state1"
    }
    current = walk(1, from: table.epilogue, to: count, current)

    var outputs: [(String, String)] = []
    func rows(_ name: String, _ range: Range<Int>) {
      add(
        "\(name) = stablehlo.slice \(current) [\(range.lowerBound):\(range.upperBound), 0:?] : "
          + "(\(state)) -> \(shape(range.count))")
    }
    func perSample(_ name: String, _ parts: [Range<Int>]) {
      for (i, range) in parts.enumerated() { rows("\(name)\(i)", range) }
      let total = parts.reduce(0) { $0 + $1.count }
      add(
        "\(name)rows = stablehlo.concatenate "
          + parts.indices.map { "\(name)\($0)" }.joined(separator: ", ") + ", dim = 0 : ("
          + parts.map { shape($0.count) }.joined(separator: ", ") + ") -> \(shape(total))")
      let type = "tensor<?x\(total)x\(element)>"
      add("\(name) = stablehlo.transpose \(name)rows, dims = [1, 0] : (\(shape(total))) -> \(type)")
      outputs.append((name, type))
    }
    func shared(_ name: String, _ range: Range<Int>, isNumber: Bool) {
      let wide = "tensor<\(range.count)x1x\(element)>"
      add(
        "\(name)column = stablehlo.slice \(current) "
          + "[\(range.lowerBound):\(range.upperBound), 0:1] : (\(state)) -> \(wide)")
      let type = isNumber ? "tensor<\(element)>" : "tensor<\(range.count)x\(element)>"
      add("\(name) = stablehlo.reshape \(name)column : (\(wide)) -> \(type)")
      outputs.append((name, type))
    }
    func range(_ port: Range<Int32>, _ base: Int32) -> Range<Int> {
      Int(base + port.lowerBound)..<Int(base + port.upperBound)
    }
    if results.contains(.values) {
      perSample(
        "%values",
        ports.outputs.map { range($0.slot..<$0.slot + 1, $0.isUniform ? uniform : 0) })
    }
    if let loss = ports.loss { shared("%loss", range(loss..<loss + 1, uniform), isNumber: true) }
    if let port = ports.parameterGradients {
      shared("%gradient", range(port, uniform), isNumber: false)
    }
    if let port = ports.inputGradients { perSample("%slopes", [range(port, 0)]) }
    let types2 = outputs.map { $0.1 }.joined(separator: ", ")
    text = """
      // A program that Leibniz wrote. The number of samples stands as a question mark.
      // \(single) operations did not join: a loop walks a table of \(count) steps.
      module @leibniz {
        func.func public @main(%parameters: \(writer.type(writer.parameters)), %samples: \(writer.type(writer.samples))) -> (\(types2)) {

      """
    for line in lines { text += line + "\n" }
    text += "    return \(outputs.map { $0.0 }.joined(separator: ", ")) : \(types2)\n  }\n}\n"
  }

  /// The loop's condition, and one step of it.
  private static func body(
    _ table: ElementaryTable, _ writer: StableHLOWriter, last: String, entry: String, state: String
  ) -> String {
    let row = "tensor<1x?x\(writer.element)>"
    let number = writer.type(StableHLOWriter.operand(0))
    var text = """
           cond {
            %more = stablehlo.compare LT, %i, \(last), SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
            stablehlo.return %more : tensor<i1>
          } do {
            %row = stablehlo.dynamic_slice %table, %i, %origin, sizes = [1, 6] : (\(entry), tensor<i32>, tensor<i32>) -> tensor<1x6xi32>

      """
    for (i, name) in ["kind", "result", "p0", "p1", "p2", "p3"].enumerated() {
      text += """
              %\(name)c = stablehlo.slice %row [0:1, \(i):\(i + 1)] : (tensor<1x6xi32>) -> tensor<1x1xi32>
              %\(name) = stablehlo.reshape %\(name)c : (tensor<1x1xi32>) -> tensor<i32>

        """
    }
    for i in 0..<4 {
      text += """
              %r\(i) = stablehlo.dynamic_slice %state, %p\(i), %origin, sizes = [1, ?] : (\(state), tensor<i32>, tensor<i32>) -> \(row)
              %x\(i) = stablehlo.reshape %r\(i) : (\(row)) -> \(number)

        """
    }
    let branches = table.kinds.map { kind -> String in
      var branch = StableHLOWriter(precision: writer.precision, parameters: 0, inputs: 0)
      let x = (0..<4).map { StableHLOWriter.operand($0) }
      let y: Tensor
      switch kind {
      case .copy: y = x[0]
      case .productSum: y = branch.apply(.add, [branch.apply(.multiply, [x[0], x[1]]), x[2]])
      case .step(let operation): y = branch.apply(operation, Array(x[0..<operation.arity]))
      }
      return "{\n" + branch.text(of: [y], indent: "        ")
        + "        stablehlo.return \(branch.name(y)) : \(number)\n      }"
    }
    return text + """
            %y = "stablehlo.case"(%kind) (\(branches.joined(separator: ", "))) : (tensor<i32>) -> \(number)
            %new = stablehlo.reshape %y : (\(number)) -> \(row)
            %next = stablehlo.dynamic_update_slice %state, %new, %result, %origin : (\(state), \(row), tensor<i32>, tensor<i32>) -> \(state)
            %j = stablehlo.add %i, %one : tensor<i32>
            stablehlo.return %j, %next : tensor<i32>, \(state)
          }
      """
  }

  /// Numbers as their bytes, which are read a hundred times faster than their digits.
  private static func hex(_ numbers: [Int32]) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = Array("\"0x".utf8)
    bytes.reserveCapacity(8 * numbers.count + 4)
    for number in numbers {
      var rest = UInt32(bitPattern: number)
      for _ in 0..<4 {
        bytes.append(digits[Int(rest >> 4 & 15)])
        bytes.append(digits[Int(rest & 15)])
        rest >>= 8
      }
    }
    bytes.append(UInt8(ascii: "\""))
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension ElementaryStep.Operation {
  /// How many operands it takes.
  fileprivate var arity: Int {
    switch self {
    case .choose: 4
    case .add, .subtract, .multiply, .divide, .pow, .atan2: 2
    default: 1
    }
  }
}
