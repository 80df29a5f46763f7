/// A graph of values as terms, with the variables they came from.
struct Capture {
  var terms: Terms
  /// The terms of the graph's outputs.
  var outputs: [Int32]
  /// The variables that are not inputs: those named first, then others in the order of their use.
  let parameters: [Value]
  let customOperations: [CustomOperation]
  let inputCount: Int

  /// - Throws: ``ProgramError`` if an input is not a variable or comes twice, if there is no output,
  ///   or if one is a constant.
  init(
    outputs: [Value], inputs: [Value], parameters named: [Value]
  ) throws(ProgramError) {
    guard !outputs.isEmpty else { throw .noOutputs }
    for (position, input) in inputs.enumerated() where !input.isVariable {
      throw .inputIsNotAVariable(position: position, found: input.operation)
    }
    let graph = Graph(outputs)
    var terms = Terms(capacity: graph.nodes.count)
    // An input need not be in the graph: a term is made for each, and its node is marked while the
    // graph is read, with the place of its term.
    for (position, input) in inputs.enumerated() {
      if input.node.mark != 0 {
        for input in inputs { input.node.mark = 0 }
        throw .inputTwice(position: position)
      }
      input.node.mark = UInt32(terms.leaf(.input, number: position)) + 1
    }
    var recording = Recording(terms: terms)
    for parameter in named where parameter.isVariable { _ = recording.term(of: parameter.node) }
    for node in graph.nodes where node.isOperation { recording.note(node) }
    self.outputs = outputs.map { recording.term(of: $0.node) }
    for node in graph.nodes { node.mark = 0 }
    for leaf in inputs + named { leaf.node.mark = 0 }
    for (position, output) in self.outputs.enumerated()
    where recording.terms[output].opcode == .constant {
      throw .constantOutput(position: position)
    }
    self.terms = recording.terms
    self.terms.noteRecorded(graph.nodes.count)
    parameters = recording.parameters
    customOperations = recording.customOperations
    inputCount = inputs.count
  }

  /// What has been read of the graph so far. A node that has a term is marked with it.
  private struct Recording {
    var terms: Terms
    var parameters: [Value] = []
    var customOperations: [CustomOperation] = []
    private var list: [Int32] = []

    init(terms: Terms) { self.terms = terms }

    mutating func term(of node: Node) -> Int32 {
      if node.mark != 0 { return Int32(bitPattern: node.mark - 1) }
      let id: Int32
      if node.traits.contains(.isConstant) {
        id = terms.constant(node.number)
      } else {
        id = terms.leaf(.parameter, number: parameters.count)
        parameters.append(node.value)
      }
      node.mark = UInt32(bitPattern: id) + 1
      return id
    }

    mutating func note(_ node: Node) {
      node.mark = UInt32(bitPattern: operation(node)) + 1
    }

    private mutating func operation(_ node: Node) -> Int32 {
      list.removeAll(keepingCapacity: true)
      switch node.expression {
      case .variable, .constant:
        return term(of: node)
      case .unary(let f, let x):
        list.append(term(of: x))
        return terms.operation(.unary(f), list[...])
      case .binary(let f, let x, let y):
        list.append(term(of: x))
        list.append(term(of: y))
        return terms.operation(.binary(f), list[...])
      case .binaryNumberSecond(let f, let x, let y):
        list.append(term(of: x))
        list.append(terms.constant(y))
        return terms.operation(.binary(f), list[...])
      case .binaryNumberFirst(let f, let x, let y):
        list.append(terms.constant(x))
        list.append(term(of: y))
        return terms.operation(.binary(f), list[...])
      case .nary(let f, let x):
        append(x)
        return terms.operation(.nary(f), list[...])
      case .dot(let a, let b, let bias, let f):
        append(a)
        append(b)
        if let bias { list.append(term(of: bias)) }
        let sum = terms.operation(.nary(.dot), list[...])
        return f.map { terms.operation(.unary($0), [sum]) } ?? sum
      case .custom(let operation, let x):
        append(x)
        customOperations.append(operation.takeUnretainedValue())
        return terms.operation(.custom(Int32(customOperations.count - 1)), list[...])
      }
    }

    private mutating func append(_ nodes: NodeList) {
      for i in 0..<nodes.count { list.append(term(of: nodes[i])) }
    }
  }
}
