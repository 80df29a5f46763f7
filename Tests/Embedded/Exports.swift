// The expression of micrograd's README, for a host that has no Swift: compiled in Embedded Swift
// together with the engine, called from JavaScript.

private func expression<T: Scalar>(_ a: T, _ b: T) -> T {
  var c = a + b
  var d = a * b + b.power(3)
  c = c + c + 1
  c = c + 1 + c - a
  d = d + d * 2 + (b + a).relu()
  d = d + 3 * d + (b - a).relu()
  let e = c - d
  let f = e.power(2)
  return f / 2 + 10 / f
}

@_expose(wasm, "value") @_cdecl("value")
public func value(_ a: Double, _ b: Double) -> Double { expression(a, b) }

@_expose(wasm, "derivativeByA") @_cdecl("derivativeByA")
public func derivativeByA(_ a: Double, _ b: Double) -> Double { gradient(at: [a, b])[0] }

@_expose(wasm, "derivativeByB") @_cdecl("derivativeByB")
public func derivativeByB(_ a: Double, _ b: Double) -> Double { gradient(at: [a, b])[1] }

private func gradient(at x: [Double]) -> [Double] {
  let (a, b) = (Value(x[0]), Value(x[1]))
  expression(a, b).backward()
  return [a.grad, b.grad]
}

/// The slope of every unary of the table at x, one after the other: elementary functions come from
/// the host, and so does the memory of a graph.
@_expose(wasm, "slope") @_cdecl("slope")
public func slope(_ row: Int32, _ x: Double) -> Double {
  let x = Value(x)
  Value.apply(UnaryFunction.allCases[Int(row)], x).backward()
  return x.grad
}

/// The same by forward mode.
@_expose(wasm, "tangent") @_cdecl("tangent")
public func tangent(_ row: Int32, _ x: Double) -> Double {
  Dual.apply(UnaryFunction.allCases[Int(row)], Dual(x, tangent: 1)).tangent
}

@_expose(wasm, "rows") @_cdecl("rows")
public func rows() -> Int32 { Int32(UnaryFunction.allCases.count) }

/// ∂g/∂b by a compiled program: b is a parameter, a the input of two equal samples.
@_expose(wasm, "compiledDerivativeByB") @_cdecl("compiledDerivativeByB")
public func compiledDerivativeByB(_ a: Double, _ b: Double) -> Double {
  let (x, y) = (Value(0), Value(b))
  guard let program = try? Program(expression(x, y), inputs: [x]) else { return .nan }
  _ = program.backward([[a], [a]])
  return y.grad
}
