import LeibnizKernels

/// An object that is made when it is first asked for, by whichever thread asks.
///
/// Two threads may both make one; the second is dropped.
final class LazyReference<Object: AnyObject & Sendable>: @unchecked Sendable {
  private let place: UnsafeMutablePointer<UnsafeMutableRawPointer?>

  init() {
    place = .allocate(capacity: 1)
    place.initialize(to: nil)
  }

  deinit {
    if let made = place.pointee { Unmanaged<Object>.fromOpaque(made).release() }
    place.deallocate()
  }

  func value(_ make: () -> Object) -> Object {
    if let made = leibniz_load(place) {
      return Unmanaged<Object>.fromOpaque(made).takeUnretainedValue()
    }
    let made = Unmanaged.passRetained(make())
    if leibniz_publish(place, made.toOpaque()) { return made.takeUnretainedValue() }
    made.release()
    return Unmanaged<Object>.fromOpaque(leibniz_load(place)!).takeUnretainedValue()
  }
}
