import Leibniz

/// A pole that hangs from a cart, which a force moves along a rail.
enum CartPole {
  /// Seconds from one force to the next.
  static let timeStep = 0.01
  static let poleLength = 0.5
  /// At rest, the pole hanging down.
  static let start = [0.0, 0.0, 0.0, 0.0]
  /// At rest in the same place, the pole upright.
  static let goal = [0.0, 0.0, Double.pi, 0.0]

  /// The derivatives of place, speed, angle and angular speed; the angle is that from hanging down.
  ///
  /// Source: Kelly, *An introduction to trajectory optimization*, 2017, appendix E.
  static func derivatives(_ state: [Value], force: Value) -> [Value] {
    let (cart, pole, gravity) = (1.0, 0.3, 9.81)
    let (sine, cosine, turning) = (state[2].sin(), state[2].cos(), state[3])
    let mass = cart + pole * sine * sine
    let push = force + pole * poleLength * sine * turning * turning
    let acceleration = (push + pole * gravity * cosine * sine) / mass
    let fall = push * cosine + (cart + pole) * gravity * sine
    return [state[1], acceleration, turning, -fall / (poleLength * mass)]
  }

  /// A step of the motion as a program of the state and the force.
  static func step() throws -> Program {
    try Program(inputs: 5) { x in
      rungeKutta4(Array(x[..<4]), step: timeStep) { derivatives($0, force: x[4]) }
    }
  }
}
