import Leibniz

/// A loss around a model's parameters, over two random directions.
///
/// ```swift
/// let landscape = ErrorLandscape(around: model, using: &generator) { trainer.evaluate(data).loss }
/// try Figure(landscape.plot).write(to: "landscape.svg")
/// ```
///
/// Each tensor's part of a direction is as long as the tensor itself, so that landscapes of networks
/// of different scale can be compared.
///
/// Source: Li, Xu, Taylor, Studer and Goldstein, *Visualizing the loss landscape of neural nets*,
/// 2018.
public struct ErrorLandscape: Sendable {
  /// How far it goes in each direction, in lengths of the parameters.
  public let radius: Double
  /// The losses, row by row along the second direction; the middle one is the model's own.
  public let losses: [[Double]]

  /// Computes the loss on a grid; the model's parameters are afterwards as before.
  ///
  /// - Parameters:
  ///   - model: what has the parameters.
  ///   - radius: how far to go in each direction, in lengths of the parameters.
  ///   - steps: how many points lie on either side of the middle.
  ///   - generator: where the directions come from.
  ///   - loss: the loss at the model's present parameters.
  /// - Complexity: (2 · steps + 1)² losses.
  public init<G: RandomNumberGenerator>(
    around model: some Module, radius: Double = 1, steps: Int = 12, using generator: inout G,
    loss: () -> Double
  ) {
    let tensors = model.tensors.filter(\.isTrained)
    let origin = tensors.map { $0.values.map(\.data) }
    func direction() -> [[Double]] {
      origin.map { numbers in
        let random = numbers.map { _ in generator.normal() }
        let scale = euclideanNorm(numbers) / max(euclideanNorm(random), .leastNormalMagnitude)
        return random.map { scale * $0 }
      }
    }
    let (first, second) = (direction(), direction())
    self.radius = radius
    losses = (-steps...steps).map { row in
      (-steps...steps).map { column in
        let x = radius * Double(column) / Double(steps), y = radius * Double(row) / Double(steps)
        tensors.set(
          origin.indices.map { t in
            origin[t].indices.map { origin[t][$0] + x * first[t][$0] + y * second[t][$0] }
          })
        return loss()
      }
    }
    tensors.set(origin)
  }

  /// The logarithms of the losses as a map, since they span orders of magnitude.
  public var plot: Plot {
    let edge = radius * (1 + 0.5 / Double(losses.count / 2))
    var plot = Plot("Error landscape", x: Plot.Axis("direction 1"), y: Plot.Axis("direction 2"))
    plot.heatMap(
      losses.map { $0.map { log($0) } }, x: -edge...edge, y: -edge...edge, label: "log loss")
    return plot
  }
}
