// How much of a program is the library: its size is measured.
import Leibniz
import LeibnizTools

let x = Value(3)
let y = x * x
y.backward()
print(x.grad)
