// What generic functions of the library take when they are called from another module, beside the
// same work written for one type here.
let measurements = Measurements()
measurements.measureFunctions()
measurements.measureLosses()
measurements.measureModules()
measurements.measureRandomNumbers()
