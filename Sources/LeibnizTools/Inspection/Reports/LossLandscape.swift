import Leibniz

/// The loss around a model's parameters, along two random directions.
///
/// ```swift
/// let landscape = model.lossLandscape(using: &generator) { trainer.evaluate(data).loss }
/// try SVGFigure(landscape.plot).write(to: "landscape.svg")
/// ```
///
/// Each tensor's part of a direction is as long as the tensor itself, so that landscapes of networks
/// of different scale can be compared.
///
/// Source: Li, Xu, Taylor, Studer and Goldstein, *Visualizing the loss landscape of neural nets*,
/// 2018.
public struct LossLandscape: Sendable {
  /// The extent in each direction, in lengths of the parameters.
  public let radius: Double
  /// The losses, row by row along the second direction; the middle one is the model's own.
  public let losses: [[Double]]

  /// The logarithms of the losses as a map, since they span orders of magnitude.
  public var plot: SVGPlot {
    let edge = radius * (1 + 0.5 / Double(losses.count / 2))
    var plot = SVGPlot(
      "Loss landscape", x: SVGPlot.Axis("direction 1"), y: SVGPlot.Axis("direction 2"))
    plot.addHeatMap(
      losses.map { $0.map { log($0) } }, x: -edge...edge, y: -edge...edge, label: "log loss")
    return plot
  }
}

extension Module {
  /// Computes the loss on a grid around the parameters, which keep their numbers.
  ///
  /// - Parameters:
  ///   - radius: how far to go in each direction, in lengths of the parameters.
  ///   - steps: the number of points on either side of the middle.
  ///   - generator: the source of the directions.
  ///   - loss: computes the loss at the model's present parameters.
  /// - Complexity: (2 · steps + 1)² losses.
  public func lossLandscape<G: RandomNumberGenerator>(
    radius: Double = 1, steps: Int = 12, using generator: inout G, loss: () -> Double
  ) -> LossLandscape {
    require(steps > 0, "A loss landscape needs a step to either side, not \(steps).")
    let trained = tensors.filter(\.isTrained)
    let origin = trained.map { $0.values.map(\.data) }
    func direction() -> [[Double]] {
      origin.map { numbers in
        let random = numbers.map { _ in generator.normal() }
        let scale = euclideanNorm(numbers) / max(euclideanNorm(random), .leastNormalMagnitude)
        return random.map { scale * $0 }
      }
    }
    let (first, second) = (direction(), direction())
    defer { trained.set(origin) }
    let losses = (-steps...steps).map { row in
      (-steps...steps).map { column in
        let x = radius * Double(column) / Double(steps), y = radius * Double(row) / Double(steps)
        trained.set(
          origin.indices.map { t in
            origin[t].indices.map { origin[t][$0] + x * first[t][$0] + y * second[t][$0] }
          })
        return loss()
      }
    }
    return LossLandscape(radius: radius, losses: losses)
  }
}
