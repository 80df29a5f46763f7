import Leibniz

extension SearchReport {
  /// A line for each of the settings: from axis to axis through its values, and to its loss.
  ///
  /// ```swift
  /// func pictures(of report: SearchReport) throws {
  ///   try SVGFigure([report.parallelCoordinates()] + report.effects()).write(to: "search.svg")
  /// }
  /// ```
  ///
  /// Dark lines have the lowest losses and lie on top. Losses that are not finite stand at the upper
  /// end of their axis.
  ///
  /// Source: Inselberg, *The plane with parallel coordinates*, 1985.
  public func parallelCoordinates(_ title: String = "Settings and their losses") -> SVGPlot {
    let axes = ranges.count + 1
    var plot = SVGPlot(
      title,
      x: SVGPlot.Axis(range: -0.3...Double(axes) - 0.5, categories: ranges.map(\.name) + ["loss"]),
      y: SVGPlot.Axis(range: -0.1...1.1, isVisible: false),
      width: 110 * Double(axes), height: 300)
    let places = (0..<axes).map(Double.init)
    let scale = LossScale(rows.map(\.loss))
    for (rank, row) in rows.enumerated().reversed() {
      let shares = zip(ranges, row.settings.values).map { $0.range.share(of: $1) }
      plot.addLine(
        x: places, y: shares + [scale.share(of: row.loss)],
        color: SVGPlot.ColorMap.sequential.color(
          Double(rank), in: 0...Double(max(rows.count - 1, 1))))
    }
    for (place, range) in zip(places, ranges.map(\.range)) {
      plot.addLine(x: [place, place], y: [0, 1], color: .gray)
      if case .choices(let names) = range {
        for (choice, name) in names.enumerated() {
          plot.addText(name, x: place + 0.2, y: range.share(of: Double(choice)), size: 9)
        }
      } else {
        plot.addText(range.text(range.value(at: 0)), x: place, y: -0.05, size: 9)
        plot.addText(range.text(range.value(at: 1)), x: place, y: 1.05, size: 9)
      }
    }
    plot.addLine(x: [places.last!, places.last!], y: [0, 1], color: .gray)
    plot.addText(scale.least.text(digits: 4), x: places.last!, y: -0.05, size: 9)
    plot.addText(scale.most.text(digits: 4), x: places.last!, y: 1.05, size: 9)
    return plot
  }

  /// What each setting does: a chart for each, of the losses over its values.
  ///
  /// The line joins medians: of the losses at each value where there are few, else of a fifth of the
  /// rows each. Losses that are not finite are left out.
  public func effects() -> [SVGPlot] {
    let scale = LossScale(rows.map(\.loss))
    return ranges.indices.map { i in
      let range = ranges[i].range
      var axis = SVGPlot.Axis(ranges[i].name)
      if case .logarithmic = range { axis.scale = .logarithmic }
      if case .choices(let names) = range { axis.categories = names }
      var plot = SVGPlot(
        "Effect of \(ranges[i].name)", x: axis,
        y: SVGPlot.Axis("loss", scale: scale.isLogarithmic ? .logarithmic : .linear),
        width: 240, height: 180)
      let points = rows.filter { $0.loss.isFinite }
        .map { (value: $0.settings.values[i], loss: $0.loss) }.sorted { $0.value < $1.value }
      let groups = groups(of: points)
      plot.addPoints(x: points.map(\.value), y: points.map(\.loss), color: .gray)
      plot.addLine(
        x: groups.map { median($0.map(\.value)) }, y: groups.map { median($0.map(\.loss)) },
        label: "median", color: .blue)
      return plot
    }
  }

  private typealias Point = (value: Double, loss: Double)

  /// Points of one value each, or of a fifth of all where there are more than eight values.
  private func groups(of points: [Point]) -> [[Point]] {
    let byValue = Dictionary(grouping: points, by: \.value).sorted { $0.key < $1.key }
    guard byValue.count > 8 else { return byValue.map(\.value) }
    return (0..<5).map { Array(points[$0 * points.count / 5..<($0 + 1) * points.count / 5]) }
  }

  private func median(_ numbers: [Double]) -> Double {
    let sorted = numbers.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}

/// The axis of losses: by ratios where they span more than a factor of ten.
private struct LossScale {
  let least, most: Double
  let isLogarithmic: Bool

  init(_ losses: [Double]) {
    let finite = losses.filter(\.isFinite)
    (least, most) = (finite.min() ?? 0, finite.max() ?? 1)
    isLogarithmic = least > 0 && most > 10 * least
  }

  func share(of loss: Double) -> Double {
    guard loss.isFinite else { return 1 }
    let range = least...most
    let share =
      isLogarithmic
      ? (least.decimalLogarithm...most.decimalLogarithm).fraction(of: loss.decimalLogarithm)
      : range.fraction(of: loss)
    return share.isFinite ? share : 0.5
  }
}
