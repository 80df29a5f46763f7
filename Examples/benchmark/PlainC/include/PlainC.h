#ifndef PLAIN_C_H
#define PLAIN_C_H

// One training step of the moons network written by hand as plain loops over lanes: the yardstick of
// compiled programs. 337 parameters, neuron by neuron: the weights, then the bias. x, y and labels
// hold 104 numbers, of which 100 count. Returns the loss before the step.
double plain_moons_step(
    double *parameters, const double *x, const double *y, const double *labels, double rate);

#endif
