/// Instructions as loops of C or Swift.
///
/// In C what differs from sample to sample stands in `s[slot][lane]`, and a loop computes so many lanes
/// at a time; in Swift it stands in `s[slot]`, sample after sample. What all samples share stands in
/// `u[slot]`, the parameters among it in `p`.
struct SourceWriter {
  let language: SourceLanguage
  let precision: ExportPrecision
  let form: Form
  /// The name of the number of lanes, in C.
  let width: String
  private(set) var text = ""
  /// The constants that are read from `u`; others are written where they are used.
  private(set) var listedConstants: [Int] = []
  private(set) var readsParameters = false
  var indent = 1
  /// Whether a name was given outside of a loop over lanes.
  private var declares = false
  /// Whether lanes are being written.
  private var isWide = false
  private var rows = ElementaryRows()
  private var constants: [Int32: Int] = [:]
  private var isListed: [Bool]

  init(_ form: Form, _ language: SourceLanguage, _ precision: ExportPrecision, width: String) {
    self.form = form
    self.language = language
    self.precision = precision
    self.width = width
    isListed = Array(repeating: false, count: form.constants.count)
    for (i, constant) in form.constants.enumerated() { constants[constant.slot] = i }
  }

  mutating func line(_ line: String) {
    for _ in 0..<indent { text += "  " }
    text += line
    text += "\n"
  }

  /// Lines within a head and a brace.
  mutating func block(_ head: String, _ body: (inout SourceWriter) -> Void) {
    line(head)
    indent += 1
    body(&self)
    indent -= 1
    line("}")
  }

  mutating func write(_ list: [Instruction], inLanes: Bool) {
    for step in list {
      isWide = inLanes && language == .c
      writeLoops(step)
    }
  }

  /// A slot as an index: a base and the counters of the axes that it depends on.
  private func index(
    _ operand: Instruction.Operand, _ counts: Instruction.Axes, from base: Int32 = 0
  ) -> String {
    var text = ""
    for (stride, count, name) in [
      (operand.strides.repeats, counts.repeats, "h"), (operand.strides.rows, counts.rows, "i"),
      (operand.strides.length, counts.length, "j"),
    ] where stride != 0 && count > 1 {
      text += stride < 0 ? " - " : " + "
      text += abs(stride) == 1 ? name : "\(abs(stride)) * \(name)"
    }
    return "\(operand.base - base)" + text
  }

  /// The number that an operand stands for.
  private mutating func number(
    _ operand: Instruction.Operand, _ counts: Instruction.Axes
  ) -> String {
    guard operand.isUniform else {
      return "s[\(index(operand, counts))]" + (isWide ? "[l + k]" : "")
    }
    let extent = operand.extent(counts)
    let parameters = form.ports.parameters
    if parameters.contains(extent.lowerBound) && parameters.contains(extent.upperBound) {
      readsParameters = true
      return "p[\(index(operand, counts, from: parameters.lowerBound))]"
    }
    if extent.count == 1, let constant = constants[extent.lowerBound] {
      return language.literal(form.constants[constant].number, precision)
    }
    operand.forEachSlot(counts) {
      if let constant = constants[Int32($0)], !isListed[constant] {
        isListed[constant] = true
        listedConstants.append(constant)
      }
    }
    return "u[\(index(operand, counts))]"
  }

  /// The operands of an instruction that are one constant.
  private func known(_ step: Instruction) -> [Double?] {
    [step.a, step.b, step.c].map { operand in
      guard operand.isUniform, operand.isPresent, operand.extent(step.counts).count == 1 else {
        return nil
      }
      return constants[operand.base].map { form.constants[$0].number }
    }
  }

  private mutating func writeLoops(_ step: Instruction) {
    var heads: [String] = []
    let counts = step.counts
    let isSum = step.opcode == .contract
    let sumsLast = step.opcode.isList || step.opcode == .scatter
    for (count, stride, name) in [
      (counts.repeats, step.result.strides.repeats, "h"),
      (counts.rows, step.result.strides.rows, "i"),
      (counts.length, step.result.strides.length, "j"),
    ] where count > 1 && !(sumsLast && name == "j") && !(isSum && stride == 0) {
      heads.append(language.loop(name, below: "\(count)"))
    }
    if heads.isEmpty {
      scoped { $0.write(step) }
    } else {
      nest(heads[...]) { $0.write(step) }
    }
  }

  private mutating func write(_ step: Instruction) {
    switch step.opcode {
    case .contract: contraction(step)
    case .zero: map(step) { writer in writer.language.literal(0, writer.precision) }
    case .gather, .scatter: lookup(step)
    default: row(step)
    }
  }

  /// Lines within braces of their own, where they give names.
  private mutating func scoped(_ body: (inout SourceWriter) -> Void) {
    let before = (text, declares)
    (text, declares) = ("", false)
    body(&self)
    let (plain, needsScope) = (text, declares)
    text = before.0
    if needsScope {
      block(language == .c ? "{" : "do {", body)
    } else {
      text += plain
    }
    declares = before.1
  }

  private mutating func nest(_ heads: ArraySlice<String>, _ body: (inout SourceWriter) -> Void) {
    guard let head = heads.first else { return body(&self) }
    block(head) { $0.nest(heads.dropFirst(), body) }
  }

  /// A loop over the lanes, so many at a time.
  private mutating func overLanes(_ body: (inout SourceWriter) -> Void) {
    if !isWide { return body(&self) }
    let before = declares
    block(language.loop("l", below: "m", step: width), body)
    declares = before
  }

  /// A loop over neighbouring lanes, which compilers make vectors of.
  private mutating func eachLane(_ body: (inout SourceWriter) -> Void) {
    if isWide { block(language.loop("k", below: width), body) } else { body(&self) }
  }

  private var sum: String { isWide ? "r[k]" : "r" }

  private mutating func startSum(_ value: String) {
    declares = true
    if isWide {
      line("real r[\(width)];")
      eachLane { $0.line("r[k] = \(value);") }
    } else {
      line(language.variable("r", value))
    }
  }

  private func sumHeads(_ step: Instruction) -> [String] {
    [
      (step.counts.repeats, step.result.strides.repeats, "h"),
      (step.counts.rows, step.result.strides.rows, "i"),
      (step.counts.length, step.result.strides.length, "j"),
    ].filter { $0.0 > 1 && $0.1 == 0 }.map { language.loop($0.2, below: "\($0.0)") }
  }

  private mutating func contraction(_ step: Instruction) {
    let heads = sumHeads(step)
    let isTotal = isWide && step.isUniform
    let a = number(step.a, step.counts)
    let product = step.b.isPresent ? "\(a) * \(number(step.b, step.counts))" : a
    let bias = step.c.isPresent ? number(step.c, step.countsOfThird) : nil
    let isAdded = step.accumulates || isTotal
    let result = slot(step)
    let assignment = "\(result) \(isAdded ? "+=" : "=") "
    if isTotal {
      startSum("0")
      overLanes { writer in
        writer.nest(heads[...]) { $0.eachLane { $0.line("r[k] += \(product);") } }
      }
      line("\(assignment)total(r);")
      return
    }
    overLanes { writer in
      if heads.isEmpty {
        let text = bias.map { "\(product) + \($0)" } ?? product
        writer.eachLane { $0.line(assignment + text + $0.language.end) }
        return
      }
      writer.startSum(bias ?? writer.language.literal(0, writer.precision))
      writer.nest(heads[...]) { writer in
        writer.eachLane { $0.line("\($0.sum) += \(product)\($0.language.end)") }
      }
      writer.eachLane { $0.line(assignment + $0.sum + $0.language.end) }
    }
  }

  /// Where a result goes.
  private func slot(_ step: Instruction) -> String {
    let place = index(step.result, step.countsOfResult)
    if step.isUniform { return "u[\(place)]" }
    return "s[\(place)]" + (isWide ? "[l + k]" : "")
  }

  private mutating func map(_ step: Instruction, _ value: (inout SourceWriter) -> String) {
    overLanes { writer in
      writer.eachLane { writer in
        let value = value(&writer)
        writer.line(
          "\(writer.slot(step)) \(step.accumulates ? "+=" : "=") \(value)\(writer.language.end)")
      }
    }
  }

  private mutating func row(_ step: Instruction) {
    let row = rows.row(of: step, known: known(step), form.customOperations)
    map(step) { writer in
      writer.value(of: row) { writer, i in
        guard step.opcode.isList else {
          return writer.number([step.a, step.b, step.c][i], step.counts)
        }
        var entry = step.a
        entry.base += Int32(i) * entry.strides.length
        return writer.number(entry, step.countsOfResult)
      }
    }
  }

  /// The row's result; what is used twice, or stands deep, gets a name first.
  private mutating func value(
    of row: ElementaryRow, _ argument: (inout SourceWriter, Int) -> String
  ) -> String {
    let uses = row.uses
    var texts: [(text: String, depth: Int)] = []
    func operand(_ writer: inout SourceWriter, _ operand: ElementaryStep.Operand) -> (String, Int) {
      switch operand {
      case .number(let bits):
        return (writer.language.literal(Double(bitPattern: bits), writer.precision), 0)
      case .argument(let i): return (argument(&writer, i), 0)
      case .step(let i): return texts[i]
      }
    }
    for (i, step) in row.steps.enumerated() {
      var operands: [String] = []
      var depth = 0
      for part in step.operands {
        let (text, below) = operand(&self, part)
        operands.append(text)
        depth = max(depth, below)
      }
      let text = language.expression(step.operation, operands, precision)
      let isLast = i == row.steps.count - 1 && row.result == ElementaryStep.Operand.step(i)
      if isLast {
        texts.append((text, 0))
      } else if uses[i] > 1 || depth >= 2 {
        declares = true
        line(language.constant("v\(i)", text))
        texts.append(("v\(i)", 0))
      } else {
        texts.append((step.operation.isCall ? text : "(\(text))", depth + 1))
      }
    }
    return operand(&self, row.result).0
  }

  /// An entry of a table at an index that is data, and what is added to one.
  private mutating func lookup(_ step: Instruction) {
    let isGather = step.opcode == .gather
    var table = isGather ? step.b : step.result
    let stride = table.strides.length
    let outer = Instruction.Axes(step.counts.repeats, step.counts.rows, 1)
    let at = number(step.a, outer)
    let third = isGather ? "" : number(step.c, outer)
    table.strides.length = 0
    overLanes { writer in
      writer.eachLane { writer in
        writer.declares = true
        switch writer.language {
        case .c: writer.line("const size_t e = entry(\(at), \(step.counts.length));")
        case .swift: writer.line("let e = entry(\(at), \(step.counts.length))")
        }
        let first = writer.index(table, step.counts)
        let place = "\(first) + \(stride == 1 ? "e" : "\(stride) * e")"
        let isLane = !table.isUniform && writer.isWide
        let entry = "\(table.isUniform ? "u" : "s")[\(place)]" + (isLane ? "[l + k]" : "")
        let end = writer.language.end
        let found = "e < \(step.counts.length)"
        if isGather {
          let isAdded = step.accumulates || step.isUniform && writer.isWide
          let missing = writer.language.literal(.nan, writer.precision)
          writer.line(
            "\(writer.slot(step)) \(isAdded ? "+=" : "=") \(found) ? \(entry) : \(missing)\(end)")
        } else {
          switch writer.language {
          case .c: writer.line("if (\(found)) \(entry) += \(third);")
          case .swift: writer.line("if \(found) { \(entry) += \(third) }")
          }
        }
      }
    }
  }
}

extension ElementaryStep.Operation {
  /// Whether it is written as a call, which needs no parentheses.
  fileprivate var isCall: Bool {
    switch self {
    case .negate, .add, .subtract, .multiply, .divide, .choose: false
    default: true
    }
  }
}
