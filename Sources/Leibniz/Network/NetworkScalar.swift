/// Numbers that go through a model: the parameters become numbers of their kind.
///
/// ``Value``, `Double` and ``Dual`` conform. A number of one's own that conforms to ``Scalar`` needs
/// one line, `extension Interval: NetworkScalar {}`, for all requirements have a default.
public protocol NetworkScalar: Scalar {
  /// A parameter of a model as a number of this kind: itself as a ``Value``, else the constant of
  /// its data.
  static func lift(_ parameter: Value) -> Self

  /// Σ wᵢ xᵢ + bias with the parameters of a model as weights.
  static func dot(weights: [Value], _ x: [Self], bias: Value?) -> Self

  /// f(Σ wᵢ xᵢ + bias) with the parameters of a model as weights.
  static func neuron(weights: [Value], _ x: [Self], bias: Value?, then f: UnaryFunction) -> Self

  /// The outputs of a dense layer; by default neuron by neuron.
  static func outputs(of layer: Layer, for x: [Self]) -> [Self]
}

extension NetworkScalar {
  public static func lift(_ parameter: Value) -> Self { constant(parameter.fields.number) }

  public static func dot(weights: [Value], _ x: [Self], bias: Value?) -> Self {
    .dot(weights.map(lift), x, bias: bias.map(lift))
  }

  public static func neuron(weights: [Value], _ x: [Self], bias: Value?, then f: UnaryFunction)
    -> Self
  {
    .apply(f, .dot(weights: weights, x, bias: bias))
  }

  public static func outputs(of layer: Layer, for x: [Self]) -> [Self] {
    layer.neurons.map { $0(x) }
  }
}

extension Dual: NetworkScalar {}

extension Double: NetworkScalar {
  public static func dot(weights: [Value], _ x: [Double], bias: Value?) -> Double {
    requireEqualLengths(weights.count, x.count)
    var sum = bias?.fields.number ?? 0
    for (w, x) in zip(weights, x) { sum += w.fields.number * x }
    return sum
  }
}

extension Value: NetworkScalar {
  public static func lift(_ parameter: Value) -> Value { parameter }

  public static func dot(weights: [Value], _ x: [Value], bias: Value?) -> Value {
    neuron(weights, x, bias: bias, then: nil)
  }

  public static func neuron(
    weights: [Value], _ x: [Value], bias: Value?, then f: UnaryFunction
  ) -> Value {
    neuron(weights, x, bias: bias, then: f)
  }

  /// One node for each neuron, which all have their factors from two lists.
  public static func outputs(of layer: Layer, for x: [Value]) -> [Value] {
    ObjectLayout.lookOnce()
    guard ObjectLayout.isKnown, layer.outputs > 0 else { return layer.neurons.map { $0(x) } }
    if case .unary(let f) = layer.activation {
      return neurons(layer.rows, count: layer.outputs, x, then: f)
    }
    let sums = neurons(layer.rows, count: layer.outputs, x, then: nil)
    if case .linear = layer.activation { return sums }
    return sums.map { layer.activation($0) }
  }
}
