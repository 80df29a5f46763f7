import Leibniz

extension Measurements {
  func measureRandomNumbers() {
    var generator = SeededGenerator(seed: 1)
    let uniform = RandomDistribution.uniform(-1..<1)
    let normal = RandomDistribution.normal(mean: 0, standardDeviation: 1)
    func each(_ name: String, atMost limit: Double, _ draw: (inout SeededGenerator) -> Double) {
      report(
        name,
        nanoseconds(count) {
          var total = 0.0
          for _ in 0..<count { total += draw(&generator) }
          use(total)
        }, atMost: limit)
    }
    each("generator.normal()", atMost: 120) { $0.normal() }
    each("uniform, one by one", atMost: 25) { uniform.next(using: &$0) }
    each("normal, one by one", atMost: 120) { normal.next(using: &$0) }
    // 10 ns are the aim; a busy machine takes some times that.
    for (name, distribution) in [("uniform", uniform), ("normal", normal)] {
      report(
        "Samples of \(name) numbers",
        nanoseconds(count * 64) {
          use(Samples(count: count, width: 64, drawnFrom: distribution, using: &generator))
        }, atMost: 30)
    }
    report(
      "values(_:samples:count:)",
      nanoseconds(count * 8) { use(generator.values(uniform, samples: count, count: 8)) },
      atMost: 200)
    let data = try! Dataset(
      features: (0..<count).map { [Double($0)] }, targets: (0..<count).map { [Double($0)] })
    report(
      "data.shuffled", nanoseconds(count) { use(data.shuffled(using: &generator)) }, atMost: 300)
    report(
      "data.batches", nanoseconds(count) { use(data.batches(of: 32, using: &generator)) },
      atMost: 400)
    report(
      "data.split", nanoseconds(count) { use(data.split([0.5, 0.5], using: &generator)) },
      atMost: 400)
    report(
      "MLP, a weight drawn",
      nanoseconds(64 * 64) { use(MLP(inputs: 64, layers: [64], using: &generator)) }, atMost: 400)
  }
}
