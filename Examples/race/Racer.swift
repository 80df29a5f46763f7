import Leibniz

/// An optimiser in the race.
enum Racer: String, CaseIterable {
  case descent = "SGD"
  case momentum = "momentum"
  case adaGrad = "AdaGrad"
  case rmsProp = "RMSProp"
  case adam = "Adam"
  case lbfgs = "L-BFGS"

  /// The places after each step.
  func path(on surface: Surface, steps: Int) -> [[Double]] {
    let point = surface.start.map { Value($0) }
    var path = [surface.start]
    if self == .lbfgs {
      let optimizer = LBFGS(point)
      for _ in 0..<steps {
        optimizer.minimize(iterations: 1) { surface.value(point) }
        path.append(point.map(\.data))
      }
      return path
    }
    let optimizer = optimizer(point)
    for _ in 0..<steps {
      optimizer.zeroGrad()
      surface.value(point).backward()
      optimizer.step()
      path.append(point.map(\.data))
    }
    return path
  }

  /// The learning rates are the largest round ones at which each goes down both surfaces.
  private func optimizer(_ point: [Value]) -> any Optimizer {
    switch self {
    case .momentum: SGD(point, learningRate: 0.0005, momentum: 0.9)
    case .adaGrad: AdaGrad(point, learningRate: 0.5)
    case .rmsProp: RMSProp(point, learningRate: 0.02)
    case .adam: Adam(point, learningRate: 0.1)
    case .descent, .lbfgs: SGD(point, learningRate: 0.001)
    }
  }
}
