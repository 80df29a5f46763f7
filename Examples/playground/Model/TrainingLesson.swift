import Leibniz

/// A network that learns to tell two classes of points apart, as the page shows it: settings, steps,
/// and what can be seen of it while it learns.
///
/// It trains by a compiled program on minibatches of a training part; every fifth point is held out.
public final class TrainingLesson {
  /// What to train, and how.
  public struct Settings {
    public var hiddenLayers = [16, 16]
    public var activation = Activation.relu
    public var loss = Loss.hinge
    public var optimizer = OptimizerKind.sgd
    public var learningRate = 0.1
    public var batchSize = 100
    public var weightDecay = 1e-4
    public var seed: UInt64 = 1

    public init() {}
  }

  /// How far a score s is from the class c = ±1.
  public enum Loss: Int32 {
    /// max(0, 1 − c s).
    case hinge
    /// log(1 + exp(−c s)).
    case logistic
    /// (s − c)².
    case squared
  }

  /// What turns gradients into steps.
  public enum OptimizerKind: Int32 {
    case sgd, momentum, rmsProp, adam
  }

  /// The network.
  public let model: MLP
  /// How many steps were made.
  public private(set) var steps = 0
  private let settings: Settings
  private let training: Samples
  private let heldOut: Samples
  private let session: TrainingSession
  private let lossProgram: Program
  private let scoreProgram: Program
  private var generator: SeededGenerator
  private var order: [Int] = []

  /// - Throws: `ProgramError`, which would be a defect.
  public init(_ cloud: PointCloud, _ settings: Settings) throws(ProgramError) {
    self.settings = settings
    generator = SeededGenerator(seed: settings.seed)
    model = MLP(
      inputs: 2, layers: settings.hiddenLayers + [1], activation: settings.activation,
      using: &generator)
    let rows = cloud.points.indices.map { i in
      [cloud.points[i].x, cloud.points[i].y, cloud.classes[i]]
    }
    let isHeldOut = { (i: Int) in rows.count >= 10 && i % 5 == 4 }
    training = try Samples(rows.indices.filter { !isHeldOut($0) }.map { rows[$0] })
    heldOut = try Samples(rows.indices.filter(isHeldOut).map { rows[$0] })

    let parameters = model.parameters
    let (x, target) = ([Value(0), Value(0)], Value(0))
    let score = model(x)[0]
    let misfit: Value
    switch settings.loss {
    case .hinge: misfit = (1 - target * score).relu()
    case .logistic: misfit = (-(target * score)).softplus()
    case .squared: misfit = squaredDifference(score, target)
    }
    let penalty = 0.5 * settings.weightDecay * Value.dot(parameters, parameters)
    lossProgram = try Program(misfit + penalty, inputs: x + [target], parameters: parameters)
    scoreProgram = try Program(outputs: [score], inputs: x, parameters: parameters)
    session = TrainingSession(
      TrainingLesson.optimizer(settings.optimizer, parameters, settings.learningRate))
  }

  /// An optimiser of a kind.
  public static func optimizer(
    _ kind: OptimizerKind, _ parameters: [Value], _ learningRate: Double
  ) -> any Optimizer {
    switch kind {
    case .sgd: SGD(parameters, learningRate: learningRate)
    case .momentum: SGD(parameters, learningRate: learningRate, momentum: 0.9)
    case .rmsProp: RMSProp(parameters, learningRate: learningRate)
    case .adam: Adam(parameters, learningRate: learningRate)
    }
  }

  /// The size of a step; it can be changed at any time.
  public var learningRate: Double {
    get { session.optimizer.learningRate }
    set { session.optimizer.learningRate = newValue }
  }

  /// Learns from a batch and gives its mean loss.
  @discardableResult
  public func step() throws(ProgramError) -> Double {
    let loss = try session.backward(lossProgram, nextBatch())
    gradients = session.gradients
    session.step()
    steps += 1
    return loss
  }

  /// The gradient of the last step.
  private var gradients: [Double] = []

  private func nextBatch() -> Samples {
    let size = min(settings.batchSize, training.count)
    if size == training.count { return training }
    if order.count < size { order = training.indices.shuffled(using: &generator) }
    let chosen = order.suffix(size)
    order.removeLast(size)
    return Samples(numbers: chosen.flatMap { training[$0] }, width: 3)
  }

  /// The mean loss and the share of right answers on the training points, then on those held out.
  public func evaluate() throws(ProgramError) -> [Double] {
    session.writeBack()
    var results: [Double] = []
    for part in [training, heldOut] {
      if part.count == 0 {
        results += [.nan, .nan]
        continue
      }
      let losses = try lossProgram(part)
      let scores = try scores(Samples(numbers: part.flatMap { [$0[0], $0[1]] }, width: 2))
      let right = zip(scores, part).reduce(0) { $0 + ($1.0 * $1.1[2] > 0 ? 1 : 0) }
      results += [losses.reduce(0) { $0 + $1[0] }, Double(right)].map { $0 / Double(part.count) }
    }
    return results
  }

  /// The network's answers at some points, two coordinates each.
  public func scores(_ points: Samples) throws(ProgramError) -> [Double] {
    session.writeBack()
    return try scoreProgram(points).map { $0[0] }
  }

  /// The parameters, neuron by neuron: the weights, then the bias.
  public var parameters: [Double] { session.parameters }

  /// For each layer the length of its weights and the length of the last step's gradient.
  public var layerNorms: [(weights: Double, gradient: Double)] {
    var start = 0
    return model.layers.map { layer in
      let range = start..<start + layer.parameters.count
      start = range.upperBound
      return (
        euclideanNorm(session.parameters[range]),
        gradients.isEmpty ? 0 : euclideanNorm(gradients[range])
      )
    }
  }

  /// A row of the loss on a square of the parameters' space around the present ones, along two random
  /// directions that are as long, layer by layer, as the parameters themselves.
  ///
  /// Source: Li and others, *Visualizing the loss landscape of neural nets*, 2018.
  public func landscape(row: Int, side: Int, radius: Double) throws(ProgramError) -> [Double] {
    session.writeBack()
    let center = session.parameters
    var drawn = SeededGenerator(seed: settings.seed &+ 7)
    let directions = (0..<2).map { _ in direction(using: &drawn) }
    defer { set(center) }
    let b = radius * (1 - 2 * Double(row) / Double(side - 1))
    var losses: [Double] = []
    for column in 0..<side {
      let a = radius * (2 * Double(column) / Double(side - 1) - 1)
      set(center.indices.map { center[$0] + a * directions[0][$0] + b * directions[1][$0] })
      losses.append(try lossProgram(training).reduce(0) { $0 + $1[0] } / Double(training.count))
    }
    return losses
  }

  private func direction<G: RandomNumberGenerator>(using generator: inout G) -> [Double] {
    var direction: [Double] = []
    for layer in model.layers {
      let parameters = layer.parameters.map { $0.data }
      let random = parameters.map { _ in generator.normal() }
      let scale = euclideanNorm(parameters) / max(euclideanNorm(random), .leastNormalMagnitude)
      direction += random.map { scale * $0 }
    }
    return direction
  }

  private func set(_ numbers: [Double]) {
    for (variable, number) in zip(session.optimizer.parameters, numbers) { variable.data = number }
  }
}

private func squaredDifference(_ x: Value, _ y: Value) -> Value { (x - y).power(2) }
