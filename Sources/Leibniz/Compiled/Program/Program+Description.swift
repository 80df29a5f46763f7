extension Program: CustomStringConvertible {
  /// The instructions in words, with what simplification did and the memory they need; see
  /// ``CompiledGraph/description``.
  public var description: String { graph.description }
}

extension CompiledGraph: CustomStringConvertible {
  /// The counts before and after simplification, the memory, and a line for each instruction.
  ///
  /// `s` is a slot with a number for each lane, `p` a parameter, `u` another uniform slot, and other
  /// numbers are constants. In `s3+i = relu s19+i (i < 16)` row i of 16 reads slot 19 + i; in
  /// `Σ p0+17i+j · s2+j` the pairs are counted by j; repeats are counted by t. What is added to what
  /// stands there has `+=`; where a uniform slot is added to among the lanes, that is over all lanes.
  public var description: String {
    ([
      "\(inputCount) inputs, \(parameterCount) parameters, \(outputCount) outputs",
      "recorded: \(counts.recordedNodes) nodes",
      "simplified: \(counts.foldedConstants) constants folded, "
        + "\(counts.removedIdentities) identities removed, "
        + "\(counts.mergedSubexpressions) subexpressions merged, "
        + "\(counts.fusedProducts) products fused into dot products, \(counts.deadTerms) dead terms",
    ] + form.lines).joined(separator: "\n")
  }

  /// The instructions that compute the loss and its derivatives with respect to the parameters.
  public var gradientDescription: String { lines(of: .parameterGradients) }

  /// The instructions that compute a product with the Hessian with respect to the parameters.
  public var hessianVectorProductDescription: String { lines(of: .hessianVectorProduct) }

  private func lines(of derivation: Derivation) -> String {
    executable(derivation).form.lines.joined(separator: "\n")
  }
}

extension Form {
  /// The memory, and a line for each instruction.
  var lines: [String] {
    var lines = [
      "memory: \(laneSlots) slots of 8 bytes a lane, \(uniformSlots) uniform slots of 8 bytes"
    ]
    for (title, list) in [("uniform", prologue), ("lanes", self.lanes), ("totals", epilogue)] {
      if list.isEmpty && title == "totals" { continue }
      lines.append("\(title): \(list.count) instructions")
      lines += list.map { "  " + $0.text(in: self) }
    }
    return lines
  }

  fileprivate func name(_ slot: Int32, isUniform: Bool) -> String {
    guard isUniform else { return "s\(slot)" }
    if ports.parameters.contains(slot) { return "p\(slot - ports.parameters.lowerBound)" }
    if let constant = constants.first(where: { $0.slot == slot }) { return "\(constant.number)" }
    return "u\(slot)"
  }
}

extension Instruction {
  /// What it computes, in words.
  func text(in form: Form) -> String {
    func text(_ operand: Operand) -> String {
      var text = form.name(operand.base, isUniform: operand.isUniform)
      for (stride, count, name) in [
        (operand.strides.repeats, counts.repeats, "t"), (operand.strides.rows, counts.rows, "i"),
        (operand.strides.length, counts.length, "j"),
      ] where stride != 0 && count > 1 {
        text += stride < 0 ? "−" : "+"
        text += abs(stride) == 1 ? name : "\(abs(stride))\(name)"
      }
      return text
    }
    let ranges = [("t", counts.repeats), ("i", counts.rows), ("j", counts.length)]
      .filter { $0.1 > 1 }.map { "\($0.0) < \($0.1)" }
    var work: String
    if opcode == .contract {
      work = text(a)
      if b.isPresent { work += " · " + text(b) }
      let isSum = [
        (result.strides.repeats, counts.repeats), (result.strides.rows, counts.rows),
        (result.strides.length, counts.length),
      ].contains { $0.0 == 0 && $0.1 > 1 }
      if isSum { work = "Σ " + work }
      if c.isPresent { work += " + " + text(c) }
    } else {
      let operands = [a, b, c].filter { $0.isPresent }.map(text)
      work = (["\(opcode)", operands.joined(separator: ", ")]).joined(separator: " ")
    }
    return text(result) + (accumulates ? " += " : " = ") + work
      + (ranges.isEmpty ? "" : " (\(ranges.joined(separator: ", ")))")
  }
}
