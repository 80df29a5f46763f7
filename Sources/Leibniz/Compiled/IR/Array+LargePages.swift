import LeibnizKernels

/// Arrays that large graphs fill once: with pages of 4 KB, half the time of compiling a million nodes is
/// the system's, for each first touch of a page.
extension Array {
  /// An empty array with room for so many elements.
  init(room: Int) {
    self.init()
    reserveCapacity(room)
    withUnsafeMutableBufferPointer {
      leibniz_use_large_pages($0.baseAddress, room * MemoryLayout<Element>.stride)
    }
  }

  /// So many equal elements.
  init(filledWith element: Element, count: Int) {
    if count * MemoryLayout<Element>.stride < 1 << 21 {
      self.init(repeating: element, count: count)
      return
    }
    self.init(room: count)
    append(contentsOf: repeatElement(element, count: count))
  }
}
