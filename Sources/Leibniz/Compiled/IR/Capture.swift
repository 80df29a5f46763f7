/// A graph of values as terms, with the variables they came from.
struct Capture {
  var terms: Terms
  /// The terms of the graph's outputs.
  var outputs: [Int32]
  /// The variables that are not inputs: those named first, then others in the order of their use.
  let parameters: [Value]
  let customOperations: [CustomOutput]
  let inputCount: Int
  /// The labels of operations that have one, by their terms.
  private(set) var labels: [Int32: String] = [:]

  /// - Throws: ``ProgramError`` if an input is not a variable or comes twice, if there is no output,
  ///   or if one is a constant.
  init(
    outputs: [Value], inputs: [Value], parameters named: [Value], allowsConstants: Bool = false
  ) throws(ProgramError) {
    guard !outputs.isEmpty else { throw .noOutputs }
    for (position, input) in inputs.enumerated() where !input.isVariable {
      throw .inputIsNotAVariable(position: position, found: input.operation)
    }
    let graph = Graph(outputs)
    var recording = Recording(terms: Terms(capacity: graph.nodes.count))
    // An input need not be in the graph: a term is made for each, and its node is marked while the
    // graph is read, with the place of its term.
    for (position, input) in inputs.enumerated() {
      if input.fields.mark != 0 {
        for input in inputs { input.fields.mark = 0 }
        throw .inputTwice(position: position)
      }
      input.fields.mark = UInt32(recording.terms.leaf(.input, number: position)) + 1
    }
    for parameter in named where parameter.isVariable { _ = recording.term(of: parameter.node) }
    for node in graph.nodes where node.isOperation {
      recording.note(node)
      if node.traits.contains(.hasLabel) {
        labels[Int32(bitPattern: node.mark - 1)] = node.value.label
      }
    }
    self.outputs = outputs.map { recording.term(of: $0.node) }
    graph.forEach { $0.mark = 0 }
    for leaf in inputs + named { leaf.fields.mark = 0 }
    for (position, output) in self.outputs.enumerated()
    where !allowsConstants && recording.terms[output].opcode == .constant {
      throw .constantOutput(position: position)
    }
    recording.terms.noteRecorded(graph.nodes.count)
    recording.terms.close()
    terms = recording.terms
    parameters = recording.parameters
    customOperations = recording.customOperations
    inputCount = inputs.count
  }

  /// What has been read of the graph so far. A node that has a term is marked with it.
  private struct Recording {
    var terms: Terms
    var parameters: [Value] = []
    var customOperations: [CustomOutput] = []
    private var numbers: [ObjectIdentifier: Int32] = [:]

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
      switch node.expression {
      case .variable, .constant:
        return term(of: node)
      case .unary(let f, let x):
        terms.add(operand: term(of: x))
        return terms.operation(.unary(f))
      case .binary(let f, let x, let y):
        return terms.operation(f, term(of: x), term(of: y))
      case .binaryNumberSecond(let f, let x, let y):
        return terms.operation(f, term(of: x), terms.constant(y))
      case .binaryNumberFirst(let f, let x, let y):
        return terms.operation(f, terms.constant(x), term(of: y))
      case .nary(let f, let x):
        add(x)
        return terms.operation(.nary(f))
      case .dot(let factors, let f):
        factors.first.forEach { terms.add(operand: term(of: $0)) }
        factors.second.forEach { terms.add(operand: term(of: $0)) }
        if let bias = factors.bias { terms.add(operand: term(of: bias)) }
        let sum = terms.operation(.nary(.dot))
        guard let f else { return sum }
        terms.add(operand: sum)
        return terms.operation(.unary(f))
      case .custom(let operation, let x):
        add(x)
        return terms.operation(.custom(number(of: operation.takeUnretainedValue())))
      case .call:
        // Its outputs are terms.
        return terms.constant(node.number)
      case .output(let i, let call):
        guard let (call, x) = call.call else { return term(of: node) }
        add(x)
        return terms.operation(.custom(number(of: call.operation) + i))
      }
    }

    /// The place of a custom operation's first output among them: the same for each use of it.
    private mutating func number(of operation: CustomOperation) -> Int32 {
      if let known = numbers[ObjectIdentifier(operation)] { return known }
      let first = Int32(customOperations.count)
      for output in 0..<operation.outputCount {
        customOperations.append(CustomOutput(operation, output, first: first))
      }
      numbers[ObjectIdentifier(operation)] = first
      return first
    }

    private mutating func add(_ nodes: NodeList) {
      for i in 0..<nodes.count { terms.add(operand: term(of: nodes[i])) }
    }
  }
}
