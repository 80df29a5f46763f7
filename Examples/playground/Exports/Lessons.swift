// The page's lessons: a graph that thinks, a network that learns, a GPT that makes up names.

nonisolated(unsafe) private var graph: GraphLesson?
nonisolated(unsafe) private var training: TrainingLesson?
nonisolated(unsafe) private var names: NamesLesson?

/// Reads a formula, whose variables are 1 at first. Leaves the graph as JSON, or `{"error": …, "position": …}`.
@_expose(wasm, "graph_open") @_cdecl("graph_open")
public func openGraph(_ formula: UnsafePointer<UInt8>, _ count: Int32) -> Int32 {
  do throws(FormulaError) {
    let lesson = try GraphLesson(text(formula, count)) { _ in 1 }
    graph = lesson
    return answer(lesson.json)
  } catch {
    return answer(
      JSON.object([("error", JSON.text(error.reason)), ("position", "\(error.position)")]))
  }
}

/// Gives a variable of the graph another number; leaves the graph as JSON.
@_expose(wasm, "graph_set") @_cdecl("graph_set")
public func setVariable(_ variable: Int32, _ number: Double) -> Int32 {
  guard let graph else { return answer("{}") }
  graph.set(Int(variable), to: number)
  return answer(graph.json)
}

/// Draws points of a shape: x, y and class, one after the other.
@_expose(wasm, "training_points") @_cdecl("training_points")
public func drawPoints(_ shape: Int32, _ count: Int32, _ noise: Double, _ seed: Double) -> Int32 {
  var generator = SeededGenerator(seed: UInt64(max(seed, 0)))
  let cloud = PointCloud(
    PointCloud.Shape(rawValue: shape) ?? .moons, count: Int(count), noise: noise,
    using: &generator)
  return answer(
    cloud.points.indices.flatMap { [cloud.points[$0].x, cloud.points[$0].y, cloud.classes[$0]] })
}

/// Makes a network for some points, three numbers each. Returns 0 and leaves a text where it cannot.
@_expose(wasm, "training_open") @_cdecl("training_open")
public func openTraining(
  _ points: UnsafePointer<Double>, _ count: Int32, _ layers: UnsafePointer<Int32>,
  _ layerCount: Int32, _ activation: Int32, _ loss: Int32, _ optimizer: Int32,
  _ learningRate: Double, _ batchSize: Int32, _ weightDecay: Double, _ seed: Double
) -> Int32 {
  var cloud = PointCloud()
  for i in 0..<Int(count) {
    cloud.add(x: points[3 * i], y: points[3 * i + 1], isFirst: points[3 * i + 2] > 0)
  }
  var settings = TrainingLesson.Settings()
  settings.hiddenLayers = (0..<Int(layerCount)).map { Int(layers[$0]) }
  settings.activation = .unary(UnaryFunction.allCases[Int(activation)])
  settings.loss = TrainingLesson.Loss(rawValue: loss) ?? .hinge
  settings.optimizer = TrainingLesson.OptimizerKind(rawValue: optimizer) ?? .sgd
  settings.learningRate = learningRate
  settings.batchSize = Int(batchSize)
  settings.weightDecay = weightDecay
  settings.seed = UInt64(max(seed, 0))
  do throws(ProgramError) {
    training = try TrainingLesson(cloud, settings)
    return 1
  } catch {
    answer(error.description)
    return 0
  }
}

/// Learns from some batches; the loss of the last one.
@_expose(wasm, "training_step") @_cdecl("training_step")
public func trainingStep(_ count: Int32) -> Double {
  var loss = Double.nan
  for _ in 0..<count { loss = (try? training?.step()) ?? .nan }
  return loss
}

@_expose(wasm, "training_set_rate") @_cdecl("training_set_rate")
public func setRate(_ rate: Double) { training?.learningRate = rate }

/// Training loss and accuracy, then those of the points held out.
@_expose(wasm, "training_evaluate") @_cdecl("training_evaluate")
public func evaluate() -> Int32 { answer((try? training?.evaluate()) ?? []) }

/// The network's answers on a grid over [−r, r]², row by row from the top.
@_expose(wasm, "training_regions") @_cdecl("training_regions")
public func regions(_ side: Int32, _ radius: Double) -> Int32 {
  let side = Int(side)
  var points: [Double] = []
  points.reserveCapacity(2 * side * side)
  for row in 0..<side {
    for column in 0..<side {
      points.append(radius * (2 * (Double(column) + 0.5) / Double(side) - 1))
      points.append(radius * (1 - 2 * (Double(row) + 0.5) / Double(side)))
    }
  }
  return answer((try? training?.scores(Samples(numbers: points, width: 2))) ?? [])
}

/// The parameters, neuron by neuron: the weights, then the bias.
@_expose(wasm, "training_parameters") @_cdecl("training_parameters")
public func trainingParameters() -> Int32 { answer(training?.parameters ?? []) }

/// For each layer the length of its weights and of the last gradient.
@_expose(wasm, "training_norms") @_cdecl("training_norms")
public func norms() -> Int32 {
  answer((training?.layerNorms ?? []).flatMap { [$0.weights, $0.gradient] })
}

/// A row of the loss around the present parameters.
@_expose(wasm, "training_landscape") @_cdecl("training_landscape")
public func landscape(_ row: Int32, _ side: Int32, _ radius: Double) -> Int32 {
  answer((try? training?.landscape(row: Int(row), side: Int(side), radius: radius)) ?? [])
}

/// Makes a GPT for names, which stand one after the other with a byte in between.
@_expose(wasm, "names_open") @_cdecl("names_open")
public func openNames(_ bytes: UnsafePointer<UInt8>, _ count: Int32, _ steps: Int32, _ seed: Double)
{
  names = NamesLesson(
    names: Array(UnsafeBufferPointer(start: bytes, count: Int(count))), steps: Int(steps),
    seed: UInt64(max(seed, 0)))
}

/// Learns from some names, if steps are left; leaves the loss of each.
@_expose(wasm, "names_step") @_cdecl("names_step")
public func namesStep(_ count: Int32) -> Int32 {
  answer((0..<count).compactMap { _ in (try? names?.step()) ?? nil })
}

/// The probabilities of the next letter, then of the end.
@_expose(wasm, "names_next") @_cdecl("names_next")
public func nextLetter(_ letters: UnsafePointer<UInt8>, _ count: Int32) -> Int32 {
  answer(
    names?.nextLetter(after: Array(UnsafeBufferPointer(start: letters, count: Int(count)))) ?? [])
}

/// The attention of the last token to each before it and to itself, head after head.
@_expose(wasm, "names_attention") @_cdecl("names_attention")
public func attention(_ letters: UnsafePointer<UInt8>, _ count: Int32) -> Int32 {
  let heads = names?.attention(to: Array(UnsafeBufferPointer(start: letters, count: Int(count))))
  return answer((heads ?? []).flatMap { $0 })
}

/// A name that the model makes up, as text.
@_expose(wasm, "names_sample") @_cdecl("names_sample")
public func sample(_ temperature: Double) -> Int32 {
  answer(String(decoding: names?.sample(temperature: temperature) ?? [], as: UTF8.self))
}
