/// On which inputs each slot of a form depends: the pattern of the Jacobian matrix, before any number
/// is known.
///
/// What is flat everywhere, says the primitive table, does not count: the pattern of a gradient's
/// Jacobian is then that of the nonlinear interactions in a Hessian.
///
/// Source: Griewank and Walther, *Evaluating Derivatives*, 2nd ed., section 7.1.
struct Dependencies {
  private var sets = IndexSets()
  private var lanes: [IndexSets.ID]
  private var uniform: [IndexSets.ID]
  private let form: Form

  /// - Precondition: fused derivatives are expanded, and no slot is used twice.
  init(of form: Form) {
    self.form = form
    lanes = Array(repeating: 0, count: Int(form.laneSlots))
    uniform = Array(repeating: 0, count: Int(form.uniformSlots))
    for (number, slot) in form.ports.inputs.enumerated() {
      lanes[Int(slot)] = sets.set(of: Int32(number))
    }
    for step in form.lanes { propagate(step) }
  }

  /// The pattern of the outputs' Jacobian matrix.
  var pattern: SparsityPattern {
    SparsityPattern(
      columnCount: form.ports.inputs.count,
      rows: form.ports.outputs.map { output in
        sets[output.isUniform ? uniform[Int(output.slot)] : lanes[Int(output.slot)]].map { Int($0) }
      })
  }

  private func get(_ slot: Int32, _ space: Instruction.Space) -> IndexSets.ID {
    space == .uniform ? uniform[Int(slot)] : lanes[Int(slot)]
  }

  private mutating func add(_ set: IndexSets.ID, to slot: Int32, _ space: Instruction.Space) {
    if set == 0 { return }
    if space == .uniform {
      uniform[Int(slot)] = sets.union(uniform[Int(slot)], set)
    } else {
      lanes[Int(slot)] = sets.union(lanes[Int(slot)], set)
    }
  }

  private mutating func propagate(_ step: Instruction) {
    let isFlat = step.opcode.isFlat
    let (hasA, hasB, hasC) = (
      step.a.isPresent && !isFlat.a, step.b.isPresent && !isFlat.b, step.c.isPresent
    )
    let isBias = step.opcode == .contract
    // An entry of a table that is known to be the one.
    var entries = 0..<step.counts.length
    if step.opcode == .gather || step.opcode == .scatter,
      let index = form.knownOperands(of: step)[0].flatMap({ Int32(exactly: $0) }),
      entries.contains(index)
    {
      entries = index..<index + 1
    }
    let result = step.opcode.isList ? 0 : step.result.strides.length
    for p in 0..<step.counts.repeats {
      for q in 0..<step.counts.rows {
        func place(_ operand: Instruction.Operand) -> Int32 {
          operand.base + p * operand.strides.repeats + q * operand.strides.rows
        }
        let (a, b, c) = (place(step.a), place(step.b), place(step.c))
        for i in entries {
          var set: IndexSets.ID = 0
          if hasA { set = get(a + i * step.a.strides.length, step.a.space) }
          if hasB { set = sets.union(set, get(b + i * step.b.strides.length, step.b.space)) }
          if hasC && !(isBias && i > 0) {
            set = sets.union(set, get(c + i * step.c.strides.length, step.c.space))
          }
          add(set, to: place(step.result) + i * result, step.result.space)
        }
      }
    }
  }
}
