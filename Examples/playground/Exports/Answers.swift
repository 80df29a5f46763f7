// Texts and lists of numbers that go to JavaScript: the last answer stays in place until the next.

nonisolated(unsafe) private var bytes: [UInt8] = []
nonisolated(unsafe) private var numbers: [Double] = []

/// Leaves a text for JavaScript and gives the count of its bytes.
@discardableResult
func answer(_ text: String) -> Int32 {
  bytes = Array(text.utf8)
  return Int32(bytes.count)
}

/// Leaves numbers for JavaScript and gives their count.
@discardableResult
func answer(_ list: [Double]) -> Int32 {
  numbers = list
  return Int32(numbers.count)
}

@_expose(wasm, "leibniz_text") @_cdecl("leibniz_text")
public func textAddress() -> UnsafeRawPointer? { bytes.withUnsafeBytes { $0.baseAddress } }

@_expose(wasm, "leibniz_text_size") @_cdecl("leibniz_text_size")
public func textSize() -> Int32 { Int32(bytes.count) }

@_expose(wasm, "leibniz_numbers") @_cdecl("leibniz_numbers")
public func numbersAddress() -> UnsafeRawPointer? { numbers.withUnsafeBytes { $0.baseAddress } }

/// A text that JavaScript wrote into memory.
func text(_ address: UnsafePointer<UInt8>, _ count: Int32) -> String {
  String(decoding: UnsafeBufferPointer(start: address, count: Int(count)), as: UTF8.self)
}

/// Room that JavaScript writes into.
@_expose(wasm, "leibniz_allocate") @_cdecl("leibniz_allocate")
public func allocate(_ size: Int32) -> UnsafeMutableRawPointer {
  UnsafeMutableRawPointer.allocate(byteCount: Int(size), alignment: 16)
}

@_expose(wasm, "leibniz_deallocate") @_cdecl("leibniz_deallocate")
public func deallocate(_ address: UnsafeMutableRawPointer) { address.deallocate() }
