/// A program's instructions as operations on arrays: rows of neurons become products of matrices, maps
/// work on whole arrays.
///
/// Slots are places in arrays: what an instruction computes is an array, and an operand is a slice of
/// one, or pieces of several put together.
struct TensorProgram<Writer: TensorWriter> {
  var writer: Writer
  let form: Form
  var rows = ElementaryRows(joinsLists: true)
  /// Whether totals are over the samples.
  var isAmongLanes = false
  /// The arrays that slots are places in.
  private var stored: [Tensor] = []
  private var lanes: [TensorPlace]
  private var uniform: [TensorPlace]

  init(_ form: Form, _ writer: Writer) {
    self.form = form
    self.writer = writer
    lanes = Array(repeating: .zero, count: Int(form.laneSlots))
    uniform = Array(repeating: .zero, count: Int(form.uniformSlots))
    for (i, constant) in form.constants.enumerated() {
      uniform[Int(constant.slot)] = TensorPlace(array: TensorPlace.constantArray, column: Int32(i))
    }
  }

  func place(_ slot: Int, _ space: Instruction.Space) -> TensorPlace {
    space == .lane ? lanes[slot] : uniform[slot]
  }

  /// Says that slots are the columns of an array, in their order.
  mutating func store<S: Sequence>(_ x: Tensor, at slots: S, _ space: Instruction.Space)
  where S.Element == Int {
    let array = Int32(stored.count)
    stored.append(x)
    for (column, slot) in slots.enumerated() {
      let place = TensorPlace(array: array, column: Int32(column))
      if space == .lane { lanes[slot] = place } else { uniform[slot] = place }
    }
  }

  /// The numbers of some slots.
  mutating func tensor(_ locations: [Form.Location]) -> Tensor {
    let places = locations.map { place(Int($0.slot), $0.space) }
    return tensor(places, dims: [places.count])
  }

  /// The numbers of an operand over the axes that it depends on.
  mutating func tensor(_ operand: Instruction.Operand, _ counts: Instruction.Axes) -> Tensor {
    let axes = operand.axes(counts)
    var places: [TensorPlace] = []
    operand.forEachSlot(counts) { slot in places.append(place(slot, operand.space)) }
    return tensor(places, dims: axes.map { counts.count($0) })
  }

  private mutating func tensor(_ places: [TensorPlace], dims: [Int]) -> Tensor {
    if let known = constants(places, dims) { return known }
    let first = places[0]
    if first.array >= 0, places.allSatisfy({ $0.array == first.array }) {
      let whole = stored[Int(first.array)]
      let isWhole =
        places.count == whole.count
        && places.indices.allSatisfy { places[$0].column == Int32($0) }
      if isWhole { return whole.dims == dims ? whole : writer.reshape(whole, to: dims) }
      if let steps = steps(of: places, dims) {
        let row = writer.flat(whole)
        if let view = writer.view(
          row, from: Int(first.column), zip(dims, steps).map { (count: $0, step: $1) })
        {
          return view
        }
      }
    }
    let row = pieces(places)
    return dims.count == 1 ? row : writer.reshape(row, to: dims)
  }

  /// The numbers, where all are known.
  private mutating func constants(_ places: [TensorPlace], _ dims: [Int]) -> Tensor? {
    guard places.allSatisfy({ $0.array < 0 }) else { return nil }
    let numbers = places.map { $0 == .zero ? 0 : form.constants[Int($0.column)].number }
    return writer.constant(numbers, dims: dims)
  }

  /// How far neighbours along each axis are apart, if it is the same everywhere.
  private func steps(of places: [TensorPlace], _ dims: [Int]) -> [Int]? {
    var stride = places.count
    var (steps, strides): ([Int], [Int]) = ([], [])
    for count in dims {
      stride /= count
      strides.append(stride)
      steps.append(count > 1 ? Int(places[stride].column - places[0].column) : 1)
    }
    for (i, place) in places.enumerated() {
      var (column, rest) = (Int(places[0].column), i)
      for (step, stride) in zip(steps, strides) {
        column += rest / stride * step
        rest %= stride
      }
      if column != Int(place.column) { return nil }
    }
    return steps
  }

  /// A row put together of pieces; pieces that come again and again, at steps of one length, are taken
  /// together, as a matrix beside another.
  private mutating func pieces(_ places: [TensorPlace]) -> Tensor {
    let pieces = Self.runs(places)
    let hasLanes = pieces.contains { $0.array >= 0 && stored[Int($0.array)].hasLanes }
    var parts: [Tensor] = []
    var next = 0
    while next < pieces.count {
      let (period, repeats) = Self.period(pieces[next...])
      if repeats > 1 {
        let columns = (0..<period).map { i -> Tensor in
          let (piece, again) = (pieces[next + i], pieces[next + i + period])
          return matrix(piece, rows: repeats, step: again.column - piece.column, places, hasLanes)
        }
        parts.append(writer.flat(columns.count == 1 ? columns[0] : writer.concatenate(columns)))
      } else {
        parts.append(writer.flat(matrix(pieces[next], rows: 1, step: 1, places, hasLanes)))
      }
      next += period * repeats
    }
    return parts.count == 1 ? parts[0] : writer.concatenate(parts)
  }

  /// A piece taken `rows` times, `step` columns further each time.
  private mutating func matrix(
    _ piece: TensorPiece, rows: Int, step: Int, _ places: [TensorPlace], _ hasLanes: Bool
  ) -> Tensor {
    var part: Tensor
    if piece.array < 0 {
      let numbers = (0..<rows * piece.count).map { i -> Double in
        guard piece.array == TensorPlace.constantArray else { return 0 }
        let column = piece.column + i / piece.count * step + i % piece.count * piece.step
        return form.constants[column].number
      }
      part = writer.constant(numbers, dims: [rows, piece.count])
    } else {
      let row = writer.flat(stored[Int(piece.array)])
      let axes = [(count: piece.count, step: piece.step)]
      if rows == 1 {
        part = writer.view(row, from: piece.column, axes)!
        part = writer.reshape(part, to: [1, piece.count])
      } else if let view = writer.view(row, from: piece.column, [(rows, step)] + axes) {
        part = view
      } else {
        let parts = (0..<rows).map { writer.view(row, from: piece.column + $0 * step, axes)! }
        part = writer.reshape(writer.concatenate(parts), to: [rows, piece.count])
      }
    }
    if hasLanes && !part.hasLanes {
      part = writer.broadcast(part, axes: [0, 1], to: part.dims, hasLanes: true)
    }
    return part
  }

  private static func runs(_ places: [TensorPlace]) -> [TensorPiece] {
    var runs: [TensorPiece] = []
    var i = 0
    while i < places.count {
      let first = places[i]
      func length(_ step: Int32) -> Int {
        var end = i + 1
        while end < places.count, places[end].array == first.array,
          places[end].column == first.column + Int32(end - i) * step
        { end += 1 }
        return end - i
      }
      var (step, count) = (1, length(first == .zero ? 0 : 1))
      if count == 1, i + 1 < places.count, places[i + 1].column != first.column {
        let wider = places[i + 1].column - first.column
        let widerCount = length(wider)
        if widerCount > 2 { (step, count) = (Int(wider), widerCount) }
      }
      runs.append(
        TensorPiece(array: first.array, column: Int(first.column), step: step, count: count))
      i += count
    }
    return runs
  }

  /// How many pieces come again, and how often, at the beginning of a list.
  private static func period(_ pieces: ArraySlice<TensorPiece>) -> (Int, Int) {
    let start = pieces.startIndex
    var best = (1, 1)
    for period in 1...min(8, max(1, pieces.count / 2)) {
      var repeats = 1
      while start + (repeats + 1) * period <= pieces.endIndex,
        (0..<period).allSatisfy({ i in
          let (first, again) = (pieces[start + i], pieces[start + i + repeats * period])
          let second = pieces[start + i + period]
          return first.array == again.array && first.count == again.count
            && (first.count == 1 || first.step == again.step)
            && again.column - first.column == repeats * (second.column - first.column)
            && second.column != first.column
        })
      { repeats += 1 }
      if repeats > 1 && repeats * period > best.0 * best.1 { best = (period, repeats) }
    }
    return best
  }
}

extension Instruction.Axes {
  func count(_ axis: Int) -> Int { Int(axis == 0 ? repeats : axis == 1 ? rows : length) }
}

extension Instruction.Operand {
  /// Which of the three axes it depends on.
  func axes(_ counts: Instruction.Axes) -> [Int] {
    (0..<3).filter { strides.count($0) != 0 && counts.count($0) > 1 }
  }
}

/// Where the number of a slot stands: a column of an array.
struct TensorPlace: Equatable {
  /// Which of the stored arrays; or −2 for a constant, −1 for a slot of zero.
  var array: Int32
  var column: Int32

  static let zero = TensorPlace(array: -1, column: 0)
  static let constantArray: Int32 = -2
}

/// Neighbours in one array.
private struct TensorPiece {
  var array: Int32
  var column: Int
  var step: Int
  var count: Int
}
