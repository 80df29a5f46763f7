import Leibniz

/// Times of the library's generic functions, with a mark beside those that are too long.
struct Measurements {
  let count = 4096
  let p, e: [Double]
  let values: [Value]

  init() {
    var generator = SeededGenerator(seed: 1)
    p = (0..<count).map { _ in .random(in: 0.1..<0.9, using: &generator) }
    e = (0..<count).map { _ in .random(in: 0.1..<0.9, using: &generator) }
    values = p.map { Value($0) }
  }

  func sum(_ term: (Int) -> Double) -> Double {
    var total = 0.0
    for i in 0..<count { total += term(i) }
    return total
  }

  /// Prints what an element takes, and marks what is more than `limit`: what a generic function takes
  /// that is not specialised for its type is far more, what a slow machine takes is not.
  func report(_ name: String, _ time: Double, atMost limit: Double) {
    let mark = time > limit ? "  ← at most \(limit) ns where it is specialised" : ""
    print("\((time * 100).rounded() / 100) ns\t\(name)\(mark)")
  }

  /// Prints what an element takes, and the same work written for one type, here.
  func report(_ name: String, _ time: Double, byHand: Double, times factor: Double = 6) {
    report(
      "\(name) (by hand \((byHand * 100).rounded() / 100))", time, atMost: byHand * factor + 2)
  }
}

/// The least time of some runs, in nanoseconds for each of `count` elements.
func nanoseconds(_ count: Int, _ body: () -> Void) -> Double {
  body()
  var least = Double.infinity
  for _ in 0..<20 {
    let time = ContinuousClock().measure(body)
    least = min(least, time / .nanoseconds(1) / Double(count))
  }
  return least
}

/// Keeps a result from being optimised away.
@inline(never)
func use<Result>(_ result: Result) {}
