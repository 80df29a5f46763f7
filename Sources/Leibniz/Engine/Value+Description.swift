extension Value: CustomStringConvertible {
  /// The number, the gradient and the label: `Value(data: -8.0, grad: 1.0, label: "L")`.
  public var description: String {
    let name = label.isEmpty ? "" : ", label: \"\(label)\""
    return "Value(data: \(data), grad: \(grad)\(name))"
  }
}
