/// Operations on arrays as the nodes of an ONNX graph.
///
/// What is made of parameters alone, by taking parts of them, is an initialiser of its own, with the name
/// of the tensor that it is.
///
/// Source: *Open Neural Network Exchange*, onnx.ai/onnx/operators, operator set 17.
struct ONNXWriter: TensorWriter {
  let precision: ExportPrecision
  /// The names of tensors, by the parameters that they are.
  let names: [[Int32]: String]
  let samples: Tensor
  let parameters: Tensor
  /// A function that ONNX does not have.
  private(set) var missingFunction: String?

  /// A node, or the numbers of an initialiser.
  struct Entry {
    var kind = ""
    var operands: [Int] = []
    var attributes: [Attribute] = []
    var numbers: Known?
    var whole: [Int64]?
    var dims: [Int] = []
  }

  /// Numbers, and which parameters they are: −1 for others.
  struct Known {
    var numbers: [Double]
    var origins: [Int32]
  }

  private struct Key: Hashable {
    var kind: String
    var operands: [Int]
    var attributes: [Attribute]
  }

  private(set) var entries: [Entry] = []
  private var made: [Key: Tensor] = [:]
  private var constants: [[Double]: Tensor] = [:]
  private var wholes: [[Int64]: Int] = [:]
  /// What an array was before it got further axes, which arithmetic gives it by itself.
  private var narrow: [Int: Int] = [:]

  init(
    precision: ExportPrecision, parameters numbers: [Double], inputs: Int, names: [[Int32]: String]
  ) {
    self.precision = precision
    self.names = names
    samples = Tensor(id: -2, hasLanes: true, dims: [inputs])
    parameters = Tensor(id: 0, hasLanes: false, dims: [numbers.count])
    var entry = Entry()
    entry.numbers = Known(numbers: numbers, origins: (0..<Int32(numbers.count)).map { $0 })
    entry.dims = [numbers.count]
    entries.append(entry)
  }

  private mutating func add(
    _ kind: String, _ operands: [Int], _ attributes: [Attribute], _ hasLanes: Bool, _ dims: [Int]
  ) -> Tensor {
    let key = Key(kind: kind, operands: operands, attributes: attributes)
    if let known = made[key] { return known }
    entries.append(Entry(kind: kind, operands: operands, attributes: attributes))
    let result = Tensor(id: entries.count - 1, hasLanes: hasLanes, dims: dims)
    made[key] = result
    return result
  }

  private mutating func add(
    _ kind: String, _ operands: [Int], _ hasLanes: Bool, _ dims: [Int]
  ) -> Tensor { add(kind, operands, [], hasLanes, dims) }

  private mutating func initializer(_ known: Known, _ dims: [Int]) -> Tensor {
    var entry = Entry()
    (entry.numbers, entry.dims) = (known, dims)
    entries.append(entry)
    return Tensor(id: entries.count - 1, hasLanes: false, dims: dims)
  }

  /// A list of whole numbers, as shapes and places are given.
  private mutating func list(_ numbers: [Int]) -> Int {
    let numbers = numbers.map(Int64.init)
    if let known = wholes[numbers] { return known }
    var entry = Entry()
    entry.whole = numbers
    entries.append(entry)
    wholes[numbers] = entries.count - 1
    return entries.count - 1
  }

  private func known(_ x: Tensor) -> Known? { x.id >= 0 ? entries[x.id].numbers : nil }

  /// A rearrangement of numbers that are known: entry i of the result is entry `place(i)`.
  private mutating func rearranged(_ x: Tensor, _ dims: [Int], _ place: (Int) -> Int) -> Tensor? {
    guard let known = known(x) else { return nil }
    let places = (0..<dims.reduce(1, *)).map(place)
    return initializer(
      Known(numbers: places.map { known.numbers[$0] }, origins: places.map { known.origins[$0] }),
      dims)
  }

  mutating func constant(_ numbers: [Double], dims: [Int]) -> Tensor {
    let key = numbers.map { Double(bitPattern: $0.bitPattern) } + dims.map(Double.init)
    if let same = constants[key], same.dims == dims,
      zip(known(same)!.numbers, numbers).allSatisfy({ $0.bitPattern == $1.bitPattern })
    {
      return same
    }
    let origins = [Int32](repeating: -1, count: numbers.count)
    let result = initializer(Known(numbers: numbers, origins: origins), dims)
    constants[key] = result
    return result
  }

  mutating func sampleCount() -> Tensor {
    let shape = add("Shape", [samples.id], [.number("start", 0), .number("end", 1)], false, [1])
    let count = add("Cast", [shape.id], [.number("to", elementType)], false, [1])
    return reshape(count, to: [])
  }

  var elementType: Int { precision == .double ? 11 : 1 }

  private func axis(_ axis: Int, of x: Tensor) -> Int { axis + (x.hasLanes ? 1 : 0) }

  mutating func slice(_ x: Tensor, from start: Int, step: Int, count: Int) -> Tensor {
    let width = x.dims.last!
    if start == 0 && step == 1 && count == width { return x }
    let dims = Array(x.dims.dropLast() + [count])
    if let part = rearranged(x, dims, { $0 / count * width + start + $0 % count * step }) {
      return part
    }
    let operands = [
      full(x), list([start]), list([start + (count - 1) * step + 1]),
      list([axis(x.dims.count - 1, of: x)]), list([step]),
    ]
    return add("Slice", operands, x.hasLanes, dims)
  }

  mutating func reshape(_ x: Tensor, to dims: [Int]) -> Tensor {
    if x.dims == dims { return x }
    if let same = rearranged(x, dims, { $0 }) { return same }
    return add("Reshape", [full(x), list((x.hasLanes ? [-1] : []) + dims)], x.hasLanes, dims)
  }

  mutating func transpose(_ x: Tensor, _ order: [Int]) -> Tensor {
    if order == Array(order.indices) { return x }
    let dims = order.map { x.dims[$0] }
    let turned = rearranged(x, dims) { i in
      var (rest, place, stride) = (i, 0, [Int](repeating: 1, count: x.dims.count))
      for axis in x.dims.indices.reversed().dropFirst() {
        stride[axis] = stride[axis + 1] * x.dims[axis + 1]
      }
      for axis in dims.indices.reversed() {
        place += rest % dims[axis] * stride[order[axis]]
        rest /= dims[axis]
      }
      return place
    }
    if let turned { return turned }
    let places = (x.hasLanes ? [0] : []) + order.map { axis($0, of: x) }
    return add("Transpose", [full(x)], [.list("perm", places)], x.hasLanes, dims)
  }

  mutating func reverse(_ x: Tensor, axes: [Int]) -> Tensor {
    let count = axes.count
    return add(
      "Slice",
      [
        full(x), list(Array(repeating: -1, count: count)),
        list(Array(repeating: Int.min, count: count)), list(axes.map { axis($0, of: x) }),
        list(Array(repeating: -1, count: count)),
      ], x.hasLanes, x.dims)
  }

  mutating func concatenate(_ parts: [Tensor]) -> Tensor {
    if parts.count == 1 { return parts[0] }
    let width = parts.reduce(0) { $0 + $1.dims.last! }
    let dims = Array(parts[0].dims.dropLast() + [width])
    let places = parts.map { full($0) }
    return add(
      "Concat", places, [.number("axis", axis(dims.count - 1, of: parts[0]))], parts[0].hasLanes,
      dims)
  }

  mutating func broadcast(_ x: Tensor, axes: [Int], to dims: [Int], hasLanes: Bool) -> Tensor {
    if x.dims == dims && x.hasLanes == hasLanes { return x }
    var shape = [Int](repeating: 1, count: dims.count)
    for (axis, length) in zip(axes, x.dims) { shape[axis] = length }
    // Axes of one are put in front by arithmetic itself.
    if !x.hasLanes { while shape.first == 1 && shape.count > x.dims.count { shape.removeFirst() } }
    let narrowed = x.dims == shape ? x : reshape(x, to: shape)
    var entry = entries[0]
    entry = Entry(kind: "", operands: [full(narrowed)])
    entries.append(entry)
    let result = Tensor(id: entries.count - 1, hasLanes: hasLanes, dims: dims)
    narrow[result.id] = full(narrowed)
    return result
  }

  /// The array with all of its numbers, where others than arithmetic ask for it.
  mutating func full(_ x: Tensor) -> Int {
    guard let source = narrow[x.id] else { return x.id }
    let shape: Int
    if x.hasLanes {
      let count = add("Shape", [samples.id], [.number("start", 0), .number("end", 1)], false, [1])
      let rest = list(x.dims)
      shape =
        x.dims.isEmpty
        ? count.id
        : add("Concat", [count.id, rest], [.number("axis", 0)], false, [x.dims.count + 1]).id
    } else {
      shape = list(x.dims)
    }
    return add("Expand", [source, shape], x.hasLanes, x.dims).id
  }

  mutating func apply(_ operation: ElementaryStep.Operation, _ x: [Tensor]) -> Tensor {
    let isWhole = x.contains { narrow[$0.id] == nil }
    let places = x.enumerated().map { i, x in
      !isWhole && i == 0 ? full(x) : narrow[x.id] ?? x.id
    }
    let (hasLanes, dims) = (x[0].hasLanes, x[0].dims)
    func node(_ writer: inout ONNXWriter, _ kind: String, _ operands: [Int]) -> Int {
      writer.add(kind, operands, hasLanes, dims).id
    }
    func number(_ writer: inout ONNXWriter, _ number: Double) -> Int { writer.number(number).id }
    let first = places[0]
    switch operation {
    case .choose:
      let isRelu = places[1] == places[3] && isZero(places[0]) && isZero(places[2])
      if isRelu { return add("Relu", [places[1]], hasLanes, dims) }
      let condition = node(&self, "GreaterOrEqual", Array(places[0...1]))
      return add("Where", [condition, places[2], places[3]], hasLanes, dims)
    case .erfc:
      let erf = node(&self, "Erf", [first])
      return add("Sub", [number(&self, 1), erf], hasLanes, dims)
    case .log1p:
      // log u · x / (u − 1) with u = 1 + x, and x where u rounds to 1: the errors cancel. Kahan.
      let one = number(&self, 1)
      let u = node(&self, "Add", [first, one])
      let (log, rest) = (node(&self, "Log", [u]), node(&self, "Sub", [u, one]))
      let quotient = node(&self, "Div", [node(&self, "Mul", [log, first]), rest])
      let infinite = node(&self, "Where", [node(&self, "IsInf", [first]), log, quotient])
      return add("Where", [node(&self, "Equal", [u, one]), first, infinite], hasLanes, dims)
    case .expm1:
      // (u − 1) x / log u with u = eˣ, x where u rounds to 1, and −1 where u does to 0. Kahan.
      let one = number(&self, 1)
      let u = node(&self, "Exp", [first])
      let rest = node(&self, "Sub", [u, one])
      let quotient = node(
        &self, "Div", [node(&self, "Mul", [rest, first]), node(&self, "Log", [u])])
      let large = node(&self, "GreaterOrEqual", [node(&self, "Abs", [first]), number(&self, 1)])
      let moderate = node(&self, "Where", [large, rest, quotient])
      return add("Where", [node(&self, "Equal", [u, one]), first, moderate], hasLanes, dims)
    case .atan2:
      missingFunction = operation.rawValue
      return x[0]
    default: return add(operation.onnx, places, hasLanes, dims)
    }
  }

  private func isZero(_ place: Int) -> Bool {
    place >= 0 && entries[place].numbers?.numbers == [0]
  }

  mutating func fold(
    _ x: Tensor, by operation: ElementaryStep.Operation, over axes: [Int], andLanes: Bool
  ) -> Tensor {
    let dims = x.dims(without: axes)
    let places = (x.hasLanes && andLanes ? [0] : []) + axes.map { axis($0, of: x) }
    let hasLanes = x.hasLanes && !andLanes
    if places.isEmpty { return x }
    let keeps = Attribute.number("keepdims", 0)
    if operation == .total {
      return add("ReduceSum", [full(x), list(places)], [keeps], hasLanes, dims)
    }
    // ReduceMax may pass NaN over: a sum of NaN for NaN, and 0 for numbers, does not.
    let all = full(x)
    let isNumber = add("GreaterOrEqual", [all, all], x.hasLanes, x.dims).id
    let missing = add("Where", [isNumber, number(0).id, number(.nan).id], x.hasLanes, x.dims)
    let total = add("ReduceSum", [missing.id, list(places)], [keeps], hasLanes, dims)
    let largest = add("ReduceMax", [all], [.list("axes", places), keeps], hasLanes, dims)
    return add("Add", [largest.id, total.id], hasLanes, dims)
  }

  mutating func product(
    _ x: Tensor, _ y: Tensor, over axes: [(Int, Int)], andLanes: Bool
  ) -> Tensor {
    let (xAxes, yAxes) = (axes.map { $0.0 }, axes.map { $0.1 })
    let dims = x.dims(without: xAxes) + y.dims(without: yAxes)
    let hasLanes = (x.hasLanes || y.hasLanes) && !andLanes
    let operands = [full(x), full(y)]
    if x.hasLanes, !y.hasLanes, x.dims.count == 1, xAxes == [0] {
      if y.dims.count == 2 {
        let turn = yAxes == [1] ? 1 : 0
        return add("Gemm", operands, [.number("transB", turn)], true, dims)
      }
      if y.dims.count == 1 { return add("MatMul", operands, true, dims) }
    }
    // A letter for each axis.
    var (next, left, right) = (UInt8(ascii: "b"), "", "")
    func letter() -> String {
      defer { next += 1 }
      return String(UnicodeScalar(next))
    }
    var shared: [String] = []
    var result = hasLanes ? "a" : ""
    for i in x.dims.indices {
      let name = letter()
      left += name
      if !xAxes.contains(i) { result += name }
      shared.append(name)
    }
    for i in y.dims.indices {
      if let place = yAxes.firstIndex(of: i) {
        right += shared[xAxes[place]]
      } else {
        let name = letter()
        right += name
        result += name
      }
    }
    let equation =
      "\(x.hasLanes ? "a" : "")\(left),\(y.hasLanes ? "a" : "")\(right)->\(result)"
    return add("Einsum", operands, [.text("equation", equation)], hasLanes, dims)
  }
}
