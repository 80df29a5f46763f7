import Leibniz

extension SVGPlot {
  /// Adds a band between two lines, such as a mean with its standard error on either side.
  ///
  /// ```swift
  /// let sizes = [10.0, 100, 1000], means = [0.71, 0.88, 0.93]
  /// var plot = SVGPlot("Accuracy")
  /// plot.addBand(x: sizes, lower: [0.61, 0.84, 0.92], upper: [0.81, 0.92, 0.94])
  /// plot.addLine(x: sizes, y: means, label: "test accuracy")  // of the same colour
  /// ```
  ///
  /// - Parameters:
  ///   - x: the horizontal coordinates.
  ///   - lower: where the band begins at each of them.
  ///   - upper: where it ends.
  ///   - label: what the legend calls it; without one it is not in the legend.
  ///   - color: by default that of the next line.
  /// - Precondition: `x`, `lower` and `upper` are of one length.
  public mutating func addBand(
    x: [Double], lower: [Double], upper: [Double], label: String = "", color: Color? = nil
  ) {
    add(
      .band(
        lower: SVGPlot.points(x, lower), upper: SVGPlot.points(x, upper), label: label,
        color ?? nextColor))
  }

  /// Adds how numbers are distributed: a bar for each bin of their range, as high as its count. Those that are not finite are left out.
  ///
  /// - Parameters:
  ///   - values: the numbers.
  ///   - bins: the number of bins; by default the number that shows the shape of the distribution.
  ///   - label: what the legend calls them; without one they are not in the legend.
  ///   - color: by default the next one of the palette.
  ///
  /// Source of the number of bins: Freedman and Diaconis, *On the histogram as a density
  /// estimator*, 1981.
  public mutating func addHistogram(
    _ values: [Double], bins: Int? = nil, label: String = "", color: Color? = nil
  ) {
    require(bins ?? 1 > 0, "A histogram cannot have \(bins ?? 0) bins.")
    let values = values.filter(\.isFinite)
    guard !values.isEmpty else { return }
    let histogram = Histogram(values, bins: bins ?? Histogram.binCount(for: values))
    // A single number has a bar of some width.
    let width = histogram.counts.count == 1 ? max(0.05 * values[0].magnitude, 0.5) : 0
    let bars = histogram.counts.indices.map { i in
      Bar(
        x: (histogram.edges[i] - width)...(histogram.edges[i + 1] + width),
        height: Double(histogram.counts[i]))
    }
    add(.bars(bars, label: label, color ?? nextColor))
  }

  /// Adds the lines along which a function of x and y has the same value, with these values.
  ///
  /// - Parameters:
  ///   - rows: the values, as of a heat map: the row of the smallest y first.
  ///   - x: where the first column begins and the last one ends.
  ///   - y: where the first row begins and the last one ends.
  ///   - levels: the values that have lines; by default about eight round ones.
  ///   - color: of the lines and the values.
  public mutating func addContours(
    _ rows: [[Double]], x: ClosedRange<Double>, y: ClosedRange<Double>, levels: [Double]? = nil,
    color: Color = .gray
  ) {
    require(
      rows.allSatisfy { $0.count == rows[0].count }, "The rows of a field differ in length.")
    let range = ColorMap.sequential.range(of: rows.joined())
    let levels = levels ?? NiceNumbers(in: range, count: 8).numbers
    add(.contours(ContourLines(rows: rows, x: x, y: y, levels: levels), color))
  }
}
