#if canImport(LeibnizKernels) && !hasFeature(Embedded)
  import LeibnizKernels
#endif

/// Counts references to an object at an address by hand.
///
/// Not with atomic instructions: a graph belongs to one task at a time, and the compiler sees to
/// it, as ``Value`` is not `Sendable`. That makes a chain a quarter faster from creation to release.
enum ReferenceCount {
  @inline(__always)
  static func retain(_ object: UnsafeMutableRawPointer) {
    #if canImport(LeibnizKernels) && !hasFeature(Embedded)
      _ = swift_nonatomic_retain(object)
    #else
      _ = Unmanaged<Value>.fromOpaque(object).retain()
    #endif
  }

  @inline(__always)
  static func release(_ object: UnsafeMutableRawPointer) {
    #if canImport(LeibnizKernels) && !hasFeature(Embedded)
      swift_nonatomic_release(object)
    #else
      Unmanaged<Value>.fromOpaque(object).release()
    #endif
  }

  @inline(__always)
  static func isOne(_ object: UnsafeMutableRawPointer) -> Bool {
    var object = object
    return withUnsafeMutablePointer(to: &object) {
      $0.withMemoryRebound(to: Value.self, capacity: 1) { isKnownUniquelyReferenced(&$0.pointee) }
    }
  }
}
