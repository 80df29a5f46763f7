extension [Value] {
  /// What a function gives at these variables, which are a point of differentiation meanwhile.
  func asPoint(_ function: ([Value]) -> [Value]) -> [Value] {
    for x in self { x.fields.traits.insert(.isPoint) }
    defer { for x in self { x.fields.traits.remove(.isPoint) } }
    return function(self)
  }
}
