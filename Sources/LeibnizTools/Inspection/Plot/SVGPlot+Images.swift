import Leibniz

extension SVGPlot {
  /// A grid of small images with a caption above each.
  ///
  /// ```swift
  /// let image = (0..<64).map { Double($0) / 63 }
  /// let mistakes = SVGPlot("Mistakes", images: [image], imageWidth: 8, captions: ["3 read as 8"])
  /// try SVGFigure(mistakes).write(to: "mistakes.svg")
  /// ```
  ///
  /// - Parameters:
  ///   - title: the text above the grid.
  ///   - images: the pixels of each image, row by row from the top.
  ///   - imageWidth: the number of pixels per row.
  ///   - captions: one for each image.
  ///   - columns: the number of images per row.
  ///   - size: the width of an image in the picture.
  ///   - colors: the mapping from numbers to colours, over the range of each image by itself: the
  ///     largest number is full ink.
  public init(
    _ title: String = "", images: [[Double]], imageWidth: Int, captions: [String],
    columns: Int = 10, size: Double = 56, colors: ColorMap = .ink(.gray)
  ) {
    require(
      images.count == captions.count,
      "There must be a caption for each image: \(images.count) images, \(captions.count) captions.")
    require(
      imageWidth > 0 && columns > 0,
      "A grid of images cannot have images \(imageWidth) pixels wide in \(columns) columns.")
    for image in images {
      require(
        image.count == images[0].count && image.count % imageWidth == 0,
        "An image of \(image.count) pixels stands beside one of \(images[0].count), with rows of "
          + "\(imageWidth).")
    }
    let rows = (images.count + columns - 1) / columns
    let imageHeight = (images.first?.count ?? imageWidth) / imageWidth
    let aspect = Double(imageHeight) / Double(imageWidth)
    // One unit is one image's width; each has a margin, and room for its caption above.
    let (pitchX, pitchY) = (1.25, aspect + 0.45)
    self.init(
      title, x: Axis(range: 0...(pitchX * Double(columns)), isVisible: false),
      y: Axis(range: 0...max(pitchY * Double(rows), 1e-9), isReversed: true, isVisible: false),
      width: size * pitchX * Double(columns), height: size * pitchY * Double(rows))
    for (i, image) in images.enumerated() {
      let left = pitchX * Double(i % columns) + 0.125
      let top = pitchY * Double(i / columns) + 0.35
      let pixels = stride(from: 0, to: image.count - imageWidth + 1, by: imageWidth).map {
        Array(image[$0..<($0 + imageWidth)])
      }
      addHeatMap(pixels, x: left...(left + 1), y: top...(top + aspect), colors: colors)
      addText(captions[i], x: left + 0.5, y: top - 0.16)
    }
  }
}
