extension ONNXWriter {
  /// The bytes of the model.
  mutating func model(named name: String, output: Tensor) -> [UInt8] {
    let result = full(output)
    var isLive = [Bool](repeating: false, count: entries.count)
    if result >= 0 { isLive[result] = true }
    for i in entries.indices.reversed() where isLive[i] {
      for operand in entries[i].operands where operand >= 0 { isLive[operand] = true }
    }
    var used: Set<String> = ["samples", "outputs"]
    let texts = entries.indices.map { i -> String in
      guard isLive[i] else { return "" }
      if i == result { return "outputs" }
      var text = "\(entries[i].kind.isEmpty ? "number" : entries[i].kind)_\(i)"
      if let known = entries[i].numbers {
        if let name = names[known.origins], !used.contains(name) {
          text = name
        } else if known.origins.contains(where: { $0 >= 0 }) {
          text = "parameters_\(i)"
        }
      }
      used.insert(text)
      return text
    }
    func text(_ place: Int) -> String { place < 0 ? "samples" : texts[place] }
    var model = ProtocolBuffer()
    model.add(1, 8)
    model.add(2, "Leibniz")
    model.add(7) { graph in
      for (i, entry) in entries.enumerated() where isLive[i] && !entry.kind.isEmpty {
        graph.add(1) { node in
          for operand in entry.operands { node.add(1, text(operand)) }
          node.add(2, text(i))
          node.add(3, "\(entry.kind)_\(i)")
          node.add(4, entry.kind)
          for attribute in entry.attributes { node.add(5) { attribute.write(to: &$0) } }
        }
      }
      graph.add(2, name)
      for (i, entry) in entries.enumerated() where isLive[i] && entry.kind.isEmpty {
        graph.add(5) { tensor in
          let dims = entry.whole.map { [$0.count] } ?? entry.dims
          for length in dims { tensor.add(1, length) }
          tensor.add(2, entry.whole == nil ? elementType : 7)
          tensor.add(8, text(i))
          tensor.add(9, entry.whole.map { Self.bytes($0) } ?? bytes(entry.numbers!.numbers))
        }
      }
      for (field, name, width) in [
        (11, "samples", samples.dims[0]), (12, "outputs", output.dims[0]),
      ] {
        graph.add(field) { value in
          value.add(1, name)
          value.add(2) { type in
            type.add(1) { tensor in
              tensor.add(1, elementType)
              tensor.add(2) { shape in
                shape.add(1) { $0.add(2, "samples") }
                shape.add(1) { $0.add(1, width) }
              }
            }
          }
        }
      }
    }
    model.add(8) { $0.add(2, 17) }
    return model.bytes
  }

  private static func bytes(_ numbers: [Int64]) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in numbers { bytes.append(littleEndian: number) }
    return bytes
  }

  private func bytes(_ numbers: [Double]) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in numbers {
      let number = precision.number(number)
      if precision == .double {
        bytes.append(littleEndian: number.bitPattern)
      } else {
        bytes.append(littleEndian: Float(number).bitPattern)
      }
    }
    return bytes
  }
}

extension ONNXWriter {
  /// What a node is told beside its operands.
  enum Attribute: Hashable {
    case number(String, Int)
    case list(String, [Int])
    case text(String, String)

    func write(to message: inout ProtocolBuffer) {
      switch self {
      case .number(let name, let number):
        message.add(1, name)
        message.add(3, number)
        message.add(20, 2)
      case .list(let name, let numbers):
        message.add(1, name)
        for number in numbers { message.add(8, number) }
        message.add(20, 7)
      case .text(let name, let text):
        message.add(1, name)
        message.add(4, text)
        message.add(20, 3)
      }
    }
  }
}

extension ElementaryStep.Operation {
  /// The name of the operator.
  var onnx: String {
    switch self {
    case .negate: "Neg"
    case .subtract: "Sub"
    case .multiply: "Mul"
    case .divide: "Div"
    case .magnitude: "Abs"
    default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    }
  }
}
