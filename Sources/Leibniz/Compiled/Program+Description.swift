extension Program: CustomStringConvertible {
  /// The instructions in words, with what simplification did and the memory they need; see
  /// ``CompiledGraph/description``.
  public var description: String { graph.description }
}

extension CompiledGraph: CustomStringConvertible {
  /// The counts before and after simplification, the memory, and a line for each instruction.
  ///
  /// `s` is a slot with a number for each lane, `p` a parameter, `u` another uniform slot. In
  /// `s3…s18 = relu s19+i` row i of 16 reads slot 19 + i; in `dot p0+17i+j, s2+j` the pairs are
  /// counted by j.
  public var description: String {
    var lines = [
      "\(inputCount) inputs, \(parameterCount) parameters, \(outputs.count) outputs",
      "recorded: \(counts.recordedNodes) nodes",
      "simplified: \(counts.foldedConstants) constants folded, "
        + "\(counts.removedIdentities) identities removed, "
        + "\(counts.mergedSubexpressions) subexpressions merged, "
        + "\(counts.fusedProducts) products fused into dot products, \(counts.deadTerms) dead terms",
      "memory: \(laneSlots) slots of 16 bytes a lane, \(uniformSlots) uniform slots of 16 bytes",
    ]
    for (title, instructions) in [("uniform", uniformInstructions), ("lanes", laneInstructions)] {
      lines.append("\(title): \(instructions.count) instructions")
      lines += instructions.map { "  " + line($0) }
    }
    return lines.joined(separator: "\n")
  }

  private func line(_ step: Instruction) -> String {
    let first = name(Int(step.result), isUniform: step.isUniform)
    let last = name(Int(step.result + step.rows - 1), isUniform: step.isUniform)
    let operands = [step.a, step.b, step.c].filter { $0.isPresent }.map(text).joined(
      separator: ", ")
    let result = step.rows == 1 ? first : "\(first)…\(last)"
    let length = step.length == 1 ? "" : " (j < \(step.length))"
    return "\(result) = \(step.opcode) \(operands)\(length)"
  }

  private func text(_ operand: Instruction.Operand) -> String {
    var text = name(Int(operand.base), isUniform: operand.isUniform)
    if operand.rowStride != 0 {
      text += "+\(operand.rowStride == 1 ? "" : "\(operand.rowStride)")i"
    }
    if operand.stride != 0 { text += "+\(operand.stride == 1 ? "" : "\(operand.stride)")j" }
    return text
  }

  private func name(_ slot: Int, isUniform: Bool) -> String {
    guard isUniform else { return "s\(slot)" }
    if slot < parameterCount { return "p\(slot)" }
    let constant = slot - parameterCount
    return constant < constants.count ? "\(constants[constant])" : "u\(slot)"
  }
}
