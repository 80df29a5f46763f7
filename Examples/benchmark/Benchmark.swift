import Leibniz
func time(_ name: String, per: Double, reps: Int = 9, _ body: () -> Void) {
  let clock = ContinuousClock()
  var ts: [Double] = []
  for _ in 0..<reps {
    let d = clock.measure(body);
    ts.append(Double(d.components.attoseconds) * 1e-9 + Double(d.components.seconds) * 1e9)
  }
  ts.sort()
  print(name, ts[reps / 2] / per, "ns; min", ts[0] / per)
}
@main struct Benchmark {
  static func main() {
    if CommandLine.arguments.count < 2 {
      do {
        let a = Value(-4), b = Value(2)
        time("tiny", per: 10000) {
          for _ in 0..<10000 {
            let g = ((a + b) - (a * b + b.power(3))).power(2) / 2
            a.zeroGrad(); b.zeroGrad()
            g.backward()
          }
        }
      }
      for n in [10000, 1000000] {
        let x = Value(1.0), y = Value(0.5)
        var node = x
        time("chain create \(n)", per: Double(n), reps: 1) { for _ in 0..<n { node = node * y } }
        time("chain backward \(n)", per: Double(n), reps: 1) { node.backward() }
        time("chain release \(n)", per: Double(n), reps: 1) { node = x }
        time("chain all \(n)", per: Double(n), reps: 5) {
          var z = x; for _ in 0..<n { z = z * y }; z.backward()
        }
      }
      for n in [16, 64, 784] {
        let w = (0..<n).map { Value(Double($0)) }, x = (0..<n).map { Value(Double($0)) }
        let reps = 784_0 / n * 10
        time("wide \(n) fwd", per: Double(n * reps)) { for _ in 0..<reps { _ = Value.dot(w, x) } }
        let y = Value.dot(w, x)
        time("wide \(n) bwd", per: Double(n * reps)) { for _ in 0..<reps { y.backward() } }
      }
    }

    moons()
  }
}
func rnd(_ seed: inout SeededGenerator) -> Double { Double.random(in: -1...1, using: &seed) }
func moons() {
  var g = SeededGenerator(seed: 1)
  let model = MLP(inputs: 2, layers: [16, 16, 1], using: &g)
  let params = model.parameters
  let data = (0..<100).map { _ in ([rnd(&g), rnd(&g)], rnd(&g) > 0 ? 1.0 : -1.0) }
  func step(_ lr: Double) -> Double {
    var losses: [Value] = []
    losses.reserveCapacity(100)
    for (xs, t) in data {
      losses.append((1 - t * model(xs)[0]).relu())
    }
    let loss = Value.mean(losses) + 1e-4 * Value.dot(params, params)
    for p in params { p.zeroGrad() }
    loss.backward()
    for p in params { p.data -= lr * p.grad }
    return loss.data
  }
  time("moons step", per: 100, reps: 15) { for _ in 0..<100 { _ = step(0.01) } }
  print(step(0))
}
