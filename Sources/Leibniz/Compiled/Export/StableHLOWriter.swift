/// Operations on arrays as text of StableHLO. The number of samples is `?`.
///
/// Source: *StableHLO specification*, openxla.org/stablehlo/spec.
struct StableHLOWriter: TensorWriter {
  let precision: ExportPrecision
  /// The operations in their order, and the numbers of those that each takes.
  private var lines: [(text: String, operands: [Int])] = []
  private var made: [String: Tensor] = [:]
  private var scalars: [Int: Double] = [:]
  /// What an array was before it took another shape.
  private var origins: [Int: Tensor] = [:]

  /// The arguments of the function.
  let parameters: Tensor
  let samples: Tensor

  init(precision: ExportPrecision, parameters: Int, inputs: Int) {
    self.precision = precision
    self.parameters = Tensor(id: -1, hasLanes: false, dims: [parameters])
    samples = Tensor(id: -2, hasLanes: true, dims: [inputs])
  }

  var element: String { precision == .double ? "f64" : "f32" }

  func type(_ hasLanes: Bool, _ dims: [Int], _ element: String? = nil) -> String {
    var text = "tensor<" + (hasLanes ? "?x" : "")
    for length in dims { text += "\(length)x" }
    return text + (element ?? self.element) + ">"
  }

  func type(_ x: Tensor) -> String { type(x.hasLanes, x.dims) }

  func name(_ x: Tensor) -> String {
    switch x.id {
    case -1: "%parameters"
    case -2: "%samples"
    case ..<0: "%x\(-3 - x.id)"
    default: "%\(x.id)"
    }
  }

  /// An array of a number for each sample that is made elsewhere: `%x0`, `%x1`, ….
  static func operand(_ i: Int) -> Tensor { Tensor(id: -3 - i, hasLanes: true, dims: []) }

  /// The operations that some results take.
  func text(of results: [Tensor], indent: String = "    ") -> String {
    var isLive = [Bool](repeating: false, count: lines.count)
    for result in results where result.id >= 0 { isLive[result.id] = true }
    for i in lines.indices.reversed() where isLive[i] {
      for operand in lines[i].operands where operand >= 0 { isLive[operand] = true }
    }
    var text = ""
    for (i, line) in lines.enumerated() where isLive[i] {
      text += "\(indent)%\(i) = \(line.text)\n"
    }
    return text
  }

  /// The result of an operation, the same for the same text.
  private mutating func add(
    _ operation: String, _ operands: [Tensor], hasLanes: Bool, _ dims: [Int], _ signature: String
  ) -> Tensor {
    let line = "\(operation) : \(signature)"
    if let known = made[line] { return known }
    lines.append((line, operands.map { $0.id }))
    let result = Tensor(id: lines.count - 1, hasLanes: hasLanes, dims: dims)
    made[line] = result
    return result
  }

  func literal(_ number: Double) -> String {
    let number = precision.number(number)
    if number.isFinite { return precision.text(number) }
    func hex(_ bits: UInt64, _ digits: Int) -> String {
      let text = String(bits, radix: 16, uppercase: true)
      return "0x" + String(repeating: "0", count: digits - text.utf8.count) + text
    }
    return precision == .double
      ? hex(number.isNaN ? 0x7FF8_0000_0000_0000 : number.bitPattern, 16)
      : hex(number.isNaN ? 0x7FC0_0000 : UInt64(Float(number).bitPattern), 8)
  }

  mutating func constant(_ numbers: [Double], dims: [Int]) -> Tensor {
    let first = numbers.first ?? 0
    let isSplat = numbers.allSatisfy { $0.bitPattern == first.bitPattern }
    let body = isSplat ? literal(first) : nested(numbers[...], dims)
    let result = add(
      "stablehlo.constant dense<\(body)>", [], hasLanes: false, dims, type(false, dims))
    if isSplat { scalars[result.id] = first }
    return result
  }

  private func nested(_ numbers: ArraySlice<Double>, _ dims: [Int]) -> String {
    guard let length = dims.first else { return literal(numbers.first!) }
    let size = numbers.count / length
    let parts = (0..<length).map { i -> String in
      let start = numbers.startIndex + i * size
      return nested(numbers[start..<start + size], Array(dims.dropFirst()))
    }
    return "[\(parts.joined(separator: ", "))]"
  }

  mutating func sampleCount() -> Tensor {
    let count = add(
      "stablehlo.get_dimension_size \(name(samples)), dim = 0", [samples], hasLanes: false, [],
      "(\(type(samples))) -> tensor<i32>")
    return add(
      "stablehlo.convert \(name(count))", [count], hasLanes: false, [],
      "(tensor<i32>) -> \(type(false, []))")
  }

  mutating func slice(_ x: Tensor, from start: Int, step: Int, count: Int) -> Tensor {
    if start == 0 && step == 1 && count == x.dims.last { return x }
    let dims = x.dims.dropLast() + [count]
    var ranges = x.hasLanes ? ["0:?"] : []
    ranges += x.dims.dropLast().map { "0:\($0)" }
    ranges.append(
      "\(start):\(start + (count - 1) * step + 1)" + (step == 1 || count == 1 ? "" : ":\(step)"))
    return add(
      "stablehlo.slice \(name(x)) [\(ranges.joined(separator: ", "))]", [x], hasLanes: x.hasLanes,
      Array(dims), "(\(type(x))) -> \(type(x.hasLanes, Array(dims)))")
  }

  mutating func reshape(_ x: Tensor, to dims: [Int]) -> Tensor {
    let x = origins[x.id] ?? x
    if x.dims == dims { return x }
    let result = add(
      "stablehlo.reshape \(name(x))", [x], hasLanes: x.hasLanes, dims,
      "(\(type(x))) -> \(type(x.hasLanes, dims))")
    origins[result.id] = x
    return result
  }

  mutating func transpose(_ x: Tensor, _ order: [Int]) -> Tensor {
    if order == Array(order.indices) { return x }
    let dims = order.map { x.dims[$0] }
    let places = x.hasLanes ? [0] + order.map { $0 + 1 } : order
    return add(
      "stablehlo.transpose \(name(x)), dims = \(places)", [x], hasLanes: x.hasLanes, dims,
      "(\(type(x))) -> \(type(x.hasLanes, dims))")
  }

  mutating func reverse(_ x: Tensor, axes: [Int]) -> Tensor {
    add(
      "stablehlo.reverse \(name(x)), dims = \(axes.map { $0 + (x.hasLanes ? 1 : 0) })", [x],
      hasLanes: x.hasLanes, x.dims, type(x))
  }

  mutating func concatenate(_ parts: [Tensor]) -> Tensor {
    if parts.count == 1 { return parts[0] }
    let width = parts.reduce(0) { $0 + $1.dims.last! }
    let dims = parts[0].dims.dropLast() + [width]
    let hasLanes = parts[0].hasLanes
    let axis = dims.count - (hasLanes ? 0 : 1)
    return add(
      "stablehlo.concatenate \(parts.map(name).joined(separator: ", ")), dim = \(axis)",
      parts, hasLanes: hasLanes, Array(dims),
      "(\(parts.map { type($0) }.joined(separator: ", "))) -> \(type(hasLanes, Array(dims)))")
  }

  mutating func broadcast(_ x: Tensor, axes: [Int], to dims: [Int], hasLanes: Bool) -> Tensor {
    if x.dims == dims && x.hasLanes == hasLanes { return x }
    if let number = scalars[x.id] {
      return add(
        "stablehlo.constant dense<\(literal(number))>", [], hasLanes: hasLanes, dims,
        type(hasLanes, dims))
    }
    let places = x.hasLanes ? [0] + axes.map { $0 + 1 } : axes.map { $0 + (hasLanes ? 1 : 0) }
    return add(
      "stablehlo.broadcast_in_dim \(name(x)), dims = \(places)", [x], hasLanes: hasLanes, dims,
      "(\(type(x))) -> \(type(hasLanes, dims))")
  }

  mutating func apply(_ operation: ElementaryStep.Operation, _ x: [Tensor]) -> Tensor {
    let (type, names) = (type(x[0]), x.map(name))
    func add(_ text: String, _ x: [Tensor], _ signature: String) -> Tensor {
      self.add(text, x, hasLanes: x[0].hasLanes, x[0].dims, signature)
    }
    if operation == .choose {
      let bits = self.type(x[0].hasLanes, x[0].dims, "i1")
      let condition = add(
        "stablehlo.compare GE, \(names[0]), \(names[1]), FLOAT", Array(x[0...1]),
        "(\(type), \(type)) -> \(bits)")
      return add(
        "stablehlo.select \(name(condition)), \(names[2]), \(names[3])", [condition, x[2], x[3]],
        "\(bits), \(type)")
    }
    let (dialect, word) = operation.stableHLO
    if dialect == "chlo" {
      let list = Array(repeating: type, count: names.count).joined(separator: ", ")
      let arrow = "\(names.count == 1 ? type : "(\(list))") -> \(type)"
      return add("chlo.\(word) \(names.joined(separator: ", "))", x, arrow)
    }
    return add("stablehlo.\(word) \(names.joined(separator: ", "))", x, type)
  }

  mutating func fold(
    _ x: Tensor, by operation: ElementaryStep.Operation, over axes: [Int], andLanes: Bool
  ) -> Tensor {
    if axes.isEmpty && !(x.hasLanes && andLanes) { return x }
    let start = number(operation == .total ? 0 : -.infinity)
    let dims = x.dims(without: axes)
    let hasLanes = x.hasLanes && !andLanes
    let places = (x.hasLanes && andLanes ? [0] : []) + axes.map { $0 + (x.hasLanes ? 1 : 0) }
    return add(
      "stablehlo.reduce(\(name(x)) init: \(name(start))) applies stablehlo.\(operation.stableHLO.name) across dimensions = \(places)",
      [x, start], hasLanes: hasLanes, dims,
      "(\(type(x)), \(type(start))) -> \(type(hasLanes, dims))")
  }

  mutating func product(
    _ x: Tensor, _ y: Tensor, over axes: [(Int, Int)], andLanes: Bool
  ) -> Tensor {
    let (xAxes, yAxes) = (axes.map { $0.0 }, axes.map { $0.1 })
    let dims = x.dims(without: xAxes) + y.dims(without: yAxes)
    let hasLanes = (x.hasLanes || y.hasLanes) && !andLanes
    let left = (andLanes ? [0] : []) + xAxes.map { $0 + (x.hasLanes ? 1 : 0) }
    let right = (andLanes ? [0] : []) + yAxes.map { $0 + (y.hasLanes ? 1 : 0) }
    return add(
      "stablehlo.dot_general \(name(x)), \(name(y)), contracting_dims = \(left) x \(right)",
      [x, y], hasLanes: hasLanes, dims, "(\(type(x)), \(type(y))) -> \(type(hasLanes, dims))")
  }
}

extension ElementaryStep.Operation {
  /// The dialect and the name of the operation.
  fileprivate var stableHLO: (dialect: String, name: String) {
    switch self {
    case .magnitude: ("stablehlo", "abs")
    case .exp: ("stablehlo", "exponential")
    case .expm1: ("stablehlo", "exponential_minus_one")
    case .log1p: ("stablehlo", "log_plus_one")
    case .sin: ("stablehlo", "sine")
    case .cos: ("stablehlo", "cosine")
    case .pow: ("stablehlo", "power")
    case .total: ("stablehlo", "add")
    case .largest: ("stablehlo", "maximum")
    case .asin, .acos, .atan, .sinh, .cosh, .asinh, .acosh, .atanh, .erf, .erfc: ("chlo", rawValue)
    case .negate, .add, .subtract, .multiply, .divide, .choose, .sqrt, .log, .tan, .tanh, .atan2:
      ("stablehlo", rawValue)
    }
  }
}
