import Leibniz

/// How gradients flow back through a model's layers, and how far a step moves the weights.
///
/// ```swift
/// loss.backward()
/// let flow = measureGradientFlow(through: model.layers, samples: data.features) {
///   optimizer.step()
/// }
/// print(flow)
/// // layer  weights     gradients   updates     updates/weights  dead
/// // 0      5.61        1.2e-06     1.2e-08     2.1e-09          0 %
/// // …
/// // vanishing: a gradient of the first layer is 1/52000 of one of the last
/// ```
public struct GradientFlow: CustomStringConvertible, Sendable {
  /// The measurements of one layer. Norms are Euclidean, over all of the layer's parameters.
  public struct Row: Sendable {
    /// The layer's index among the modules.
    public var index: Int
    /// The number of parameters.
    public var count: Int
    /// The norm of the parameters before the step.
    public var weightNorm: Double
    /// The norm of their gradients.
    public var gradientNorm: Double
    /// The norm of the update that the step made.
    public var updateNorm: Double
    /// The fraction of outputs that are 0 for every sample: relus that no longer learn.
    public var deadFraction: Double

    /// The size of the update relative to the parameters; about 0.001 is usual.
    public var updateRatio: Double { weightNorm == 0 ? 0 : updateNorm / weightNorm }
    /// The root mean square of the gradients.
    public var gradientRMS: Double { gradientNorm / Double(count).squareRoot() }
  }

  /// The layers that have parameters or dead outputs, the first one first.
  public let rows: [Row]

  /// A diagnosis in words.
  public var verdict: String {
    let sizes = rows.filter { $0.count > 0 }.map(\.gradientRMS)
    guard let first = sizes.first, let last = sizes.last else { return "no parameters" }
    guard sizes.allSatisfy(\.isFinite) else { return "not finite: a gradient is infinite or NaN" }
    var findings: [String] = []
    if rows.allSatisfy({ $0.gradientNorm <= 1e-9 * $0.weightNorm }) {
      findings.append("vanishing: no layer's gradients reach 1e-9 of its weights")
    } else if first < 1e-3 * last {
      let times = first == 0 ? "zero" : "1/\(text(last / first)) of one of the last"
      findings.append("vanishing: a gradient of the first layer is \(times)")
    } else if first > 1e3 * last {
      findings.append(
        "exploding: a gradient of the first layer is \(text(first / last)) times one of the last")
    }
    for row in rows where row.count > 0 && row.gradientNorm > 1e3 * row.weightNorm {
      let times = text(row.gradientNorm / row.weightNorm)
      findings.append(
        "exploding: the gradients of layer \(row.index) are \(times) times its weights")
    }
    for row in rows where row.deadFraction > 0.5 {
      findings.append(
        "dying: \(percent(row.deadFraction)) of layer \(row.index)'s outputs are dead")
    }
    return findings.isEmpty ? "healthy" : findings.joined(separator: "\n")
  }

  /// The table and the verdict.
  public var description: String {
    let head = ["layer", "weights", "gradients", "updates", "updates/weights", "dead"]
    let lines = rows.map { row in
      [
        "\(row.index)", text(row.weightNorm), text(row.gradientNorm), text(row.updateNorm),
        text(row.updateRatio), percent(row.deadFraction),
      ]
    }
    return textTable([head] + lines) + "\n" + verdict
  }
}

/// Measures a model before and after a step.
///
/// - Parameters:
///   - layers: the modules in the order in which they are applied.
///   - samples: inputs to find dead outputs with; without any, none is found.
///   - step: changes the parameters, whose gradients have been computed.
public func measureGradientFlow(
  through layers: [any Module], samples: [[Double]] = [], step: () -> Void
) -> GradientFlow {
  let parameters = layers.map { $0.parameters }
  let before = parameters.map { $0.map(\.data) }
  let gradients = parameters.map { euclideanNorm($0.map(\.grad)) }
  let outputs = activationsByModule(layers, samples)
  step()
  let rows = layers.indices.map { i in
    GradientFlow.Row(
      index: i, count: parameters[i].count, weightNorm: euclideanNorm(before[i]),
      gradientNorm: gradients[i],
      updateNorm: euclideanNorm(zip(parameters[i], before[i]).map { $0.data - $1 }),
      deadFraction: deadFraction(outputs[i]))
  }
  return GradientFlow(rows: rows.filter { $0.count > 0 || $0.deadFraction > 0 })
}

/// Each module's outputs for every sample, by plain inference.
func activationsByModule(_ modules: [any Module], _ samples: [[Double]]) -> [[[Double]]] {
  var numbers = samples
  return modules.map { module in
    numbers = numbers.map { module($0) }
    return numbers
  }
}

/// The fraction of outputs that are 0 for every sample.
private func deadFraction(_ outputs: [[Double]]) -> Double {
  guard let first = outputs.first, !first.isEmpty else { return 0 }
  let dead = first.indices.count { unit in outputs.allSatisfy { $0[unit] == 0 } }
  return Double(dead) / Double(first.count)
}

private func text(_ number: Double) -> String { number.text(digits: 3) }

private func percent(_ share: Double) -> String { "\((100 * share).text(places: 0)) %" }
