// Networks and optimisers for a web page.

/// A perceptron that JavaScript holds.
private final class Network {
  let model: MLP
  init(_ model: MLP) { self.model = model }
}

/// What changes parameters, whatever its kind.
private final class Descent {
  let optimizer: any Optimizer
  init(_ optimizer: any Optimizer) { self.optimizer = optimizer }
}

@_expose(wasm, "leibniz_mlp") @_cdecl("leibniz_mlp")
public func makeNetwork(
  _ inputs: Int32, _ layers: UnsafePointer<Int32>, _ count: Int32, _ activation: Int32,
  _ seed: Double
) -> UnsafeMutableRawPointer {
  var generator = SeededGenerator(seed: UInt64(max(seed, 0)))
  return handle(
    Network(
      MLP(
        inputs: Int(inputs), layers: (0..<Int(count)).map { Int(layers[$0]) },
        activation: .unary(UnaryFunction.allCases[Int(activation)]), using: &generator)))
}

@_expose(wasm, "leibniz_release_mlp") @_cdecl("leibniz_release_mlp")
public func releaseNetwork(_ network: UnsafeMutableRawPointer) {
  release(network, as: Network.self)
}

@_expose(wasm, "leibniz_mlp_parameter_count") @_cdecl("leibniz_mlp_parameter_count")
public func parameterCount(_ network: UnsafeMutableRawPointer) -> Int32 {
  Int32(object(network, as: Network.self).model.parameters.count)
}

/// Handles of the parameters, neuron by neuron: the weights, then the bias.
@_expose(wasm, "leibniz_mlp_parameters") @_cdecl("leibniz_mlp_parameters")
public func parameters(
  _ network: UnsafeMutableRawPointer, _ handles: UnsafeMutablePointer<UnsafeMutableRawPointer>
) {
  for (i, parameter) in object(network, as: Network.self).model.parameters.enumerated() {
    handles[i] = handle(parameter)
  }
}

/// Handles of the outputs for one sample.
@_expose(wasm, "leibniz_mlp_apply") @_cdecl("leibniz_mlp_apply")
public func apply(
  _ network: UnsafeMutableRawPointer, _ inputs: UnsafePointer<UnsafeMutableRawPointer>,
  _ count: Int32, _ outputs: UnsafeMutablePointer<UnsafeMutableRawPointer>
) {
  for (i, output) in object(network, as: Network.self).model(values(inputs, count)).enumerated() {
    outputs[i] = handle(output)
  }
}

/// An optimiser of a kind: 0 SGD, 1 SGD with momentum 0.9, 2 RMSProp, 3 Adam.
@_expose(wasm, "leibniz_optimizer") @_cdecl("leibniz_optimizer")
public func makeOptimizer(
  _ kind: Int32, _ parameters: UnsafePointer<UnsafeMutableRawPointer>, _ count: Int32,
  _ learningRate: Double
) -> UnsafeMutableRawPointer {
  let parameters = values(parameters, count)
  let kind = TrainingLesson.OptimizerKind(rawValue: kind) ?? .sgd
  return handle(Descent(TrainingLesson.optimizer(kind, parameters, learningRate)))
}

@_expose(wasm, "leibniz_release_optimizer") @_cdecl("leibniz_release_optimizer")
public func releaseOptimizer(_ optimizer: UnsafeMutableRawPointer) {
  release(optimizer, as: Descent.self)
}

@_expose(wasm, "leibniz_step") @_cdecl("leibniz_step")
public func step(_ optimizer: UnsafeMutableRawPointer) {
  object(optimizer, as: Descent.self).optimizer.step()
}

@_expose(wasm, "leibniz_optimizer_zero_grad") @_cdecl("leibniz_optimizer_zero_grad")
public func zeroGradients(_ optimizer: UnsafeMutableRawPointer) {
  object(optimizer, as: Descent.self).optimizer.zeroGrad()
}

@_expose(wasm, "leibniz_set_learning_rate") @_cdecl("leibniz_set_learning_rate")
public func setLearningRate(_ optimizer: UnsafeMutableRawPointer, _ rate: Double) {
  object(optimizer, as: Descent.self).optimizer.learningRate = rate
}
