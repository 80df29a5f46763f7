import ExampleSupport
import Leibniz
import LeibnizTools

// Finds the forces that swing a pole up on its cart, by gradients through the simulation.

@main
struct Swingup {
  static func main() {
    runExample {
      var options = Options("swingup", "Finds the forces that swing a pole up on its cart.")
      let steps = options.integer("steps", default: 200, in: 50...100_000, "steps of 10 ms")
      let iterations = options.integer("iterations", default: 400, in: 1...100_000, "of L-BFGS")
      let output = options.output("output", default: "swingup.svg", "the picture to write")
      try options.finish()

      let step = try CartPole.step()
      let start = CartPole.start.map { Value.constant($0) }
      let forces = (0..<steps).map { i in Value(i < steps / 2 ? 1 : -1) }

      /// The work of the forces, and how far the end is from the goal.
      func cost() -> (effort: Value, miss: Value) {
        // The counts fit: nothing is thrown.
        let end = try! checkpointed(
          steps: steps, state: start, controls: forces.map { [$0] }, step: step)
        let errors = zip(end, CartPole.goal).map { $0 - $1 }
        return (Value.dot(forces, forces) * CartPole.timeStep, Value.dot(errors, errors))
      }

      let optimizer = LBFGS(forces, history: 20)
      for weight in [1.0, 100, 10_000] {
        let total = optimizer.minimize(iterations: iterations) {
          let (effort, miss) = cost()
          return 0.01 * effort + weight * miss
        }
        print("weight \(weight.toFourPlaces) of the goal: cost \(total.toFourPlaces)")
      }

      var motion: [[Double]] = []
      let end = try step.iterate(steps, from: CartPole.start, controls: forces.map { [$0.data] }) {
        _, state in motion.append(state)
      }
      let (effort, miss) = cost()
      print("∫ force² dt = \(effort.data.toFourPlaces) N² s")
      print("at the end: place \(end[0].toFourPlaces) m, angle \(end[2].toFourPlaces) rad")
      try picture(of: motion, forces: forces.map(\.data)).write(to: output)
      print("wrote \(output)")
      if steps == 200 && iterations >= 400 {
        guard miss.data < 1e-6, effort.data < 75 else {
          throw MissedTarget("The pole is not upright at the end, or it took too much effort.")
        }
      }
    }
  }
}
