import ExampleSupport
import Foundation
import Leibniz

/// The eager engine: what nodes cost.
enum EngineWorkloads {
  /// g = (a + b − (a·b + b³))² / 2, made, differentiated and released; then as a program.
  static func tiny() throws -> [Measurement] {
    let a = Value(-41), b = Value(2)
    func formula() -> Value { ((a + b) - (a * b + b.power(3))).power(2) / 2 }
    let eager = Measurement.of("tiny, eager", unit: "ns", scale: 1e9, check: formula().data) {
      formula().backward()
    }
    let program = try Program(formula(), inputs: [a, b])
    let sample = try program.samples([[-41, 2]])
    var gradients = sample
    let compiled = try Measurement.of(
      "tiny, compiled", unit: "ns", scale: 1e9, check: program([-41, 2])[0]
    ) {
      try program.backward(sample, inputGradients: &gradients)
    }
    return [eager, compiled]
  }

  /// A chain of products: create, differentiate and release.
  static func chain() throws -> [Measurement] {
    [memory(count: 10_000_000), try compiledChain(count: 10_000)]
      + [100, 10_000, 1_000_000, 10_000_000].flatMap { count -> [Measurement] in
        let scale = 1e9 / Double(count)
        let repeats = count > 1_000_000 ? 3 : 9
        let whole = Measurement.of(
          "chain of \(count), made to released", unit: "ns a node", scale: scale, repeats: repeats
        ) {
          chain(of: count).backward()
        }
        let held = chain(of: count)
        let backward = Measurement.of(
          "chain of \(count), backward", unit: "ns a node", scale: scale, repeats: repeats
        ) {
          held.backward()
        }
        return [whole, backward]
      }
  }

  private static func chain(of count: Int, from x: Value = Value(1)) -> Value {
    let y = Value(0.999)
    var z = x
    for _ in 0..<count { z = z * y }
    return z
  }

  private static func compiledChain(count: Int) throws -> Measurement {
    let x = Value(1)
    let program = try Program(chain(of: count, from: x), inputs: [x])
    let sample = try program.samples([[1]])
    return try Measurement.of(
      "chain of \(count), compiled", unit: "ns a node", scale: 1e9 / Double(count)
    ) {
      try program.backward(sample)
    }
  }

  /// Measured first, on memory that is not yet used.
  private static func memory(count: Int) -> Measurement {
    let before = residentBytes() ?? 0
    let held = chain(of: count)
    held.backward()
    let bytes = Double((residentBytes() ?? 0) - before) / Double(count)
    return Measurement(
      name: "chain of \(count), memory", unit: "bytes a node", median: bytes, fastest: bytes,
      slowest: bytes)
  }

  /// Dot products of `count` pairs.
  static func wide() throws -> [Measurement] {
    try [16, 64, 784].flatMap { count -> [Measurement] in
      let w = (0..<count).map { Value(1 / Double($0 + 1)) }
      let x = (0..<count).map { Value(Double($0)) }
      let scale = 1e9 / Double(count)
      let y = Value.dot(w, x)
      let program = try Program(y, inputs: x)
      let sample = try program.samples([x.map(\.data)])
      return [
        .of("dot of \(count), create + release", unit: "ns a pair", scale: scale) {
          _ = Value.dot(w, x)
        },
        .of("dot of \(count), backward", unit: "ns a pair", scale: scale) { y.backward() },
        try .of("dot of \(count), compiled", unit: "ns a pair", scale: scale) {
          try program.backward(sample)
        },
      ]
    }
  }
}
