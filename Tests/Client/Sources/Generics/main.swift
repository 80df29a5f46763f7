// What generic functions of the library take when they are called from another module, beside the
// same work written for one type here.
import Foundation

var measurements = Measurements()
measurements.measureFunctions()
measurements.measureLosses()
measurements.measureModules()
measurements.measureRandomNumbers()

guard measurements.failures.isEmpty else {
  print("Too slow from outside the module:")
  for failure in measurements.failures { print(failure) }
  exit(1)
}
