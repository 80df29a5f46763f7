"""Writes TrainingReferences.swift: losses, layers, optimisers and schedules as PyTorch has them.

    pip install torch
    python3 Tests/Reference/training.py > Tests/LeibnizTests/Training/TrainingReferences.swift
"""

import torch
import torch.nn.functional as F
from torch.optim import lr_scheduler

torch.set_default_dtype(torch.float64)


def line(name, *tensors):
    numbers = [x for t in tensors for x in torch.as_tensor(t).detach().flatten().tolist()]
    print(f"  {name} " + " ".join(repr(x) for x in numbers))



def loss(name, function, x, *others):
    """The value, then the gradient by x."""
    x = torch.tensor(x, requires_grad=True)
    y = function(x, *[torch.tensor(o) for o in others])
    y.backward()
    line(name, y, x.grad)


P = [0.3, -1.7, 2.5, 0.9]
E = [1.0, -1.0, -0.5, 0.9]
SIGNS = [1.0, -1.0, -1.0, 1.0]
BITS = [1.0, 0.0, 0.25, 1.0]
DISTRIBUTION = [0.5, 0.0, 0.25, 0.25]
DISTRIBUTIONS = [[0.5, 0.0, 0.5], [1.0, 0.0, 0.0], [0.2, 0.3, 0.5], [0.25, 0.5, 0.25]]
BATCH = [[0.5, -1.0, 2.0], [1.5, 0.25, -0.75], [-2.0, 3.0, 0.1], [0.0, 1.0, 1.0]]
WEIGHTS = [[1.0, -2.0, 0.5], [0.3, 1.1, -0.7], [-1.5, 0.2, 0.9], [0.4, 0.6, -1.2]]


def losses():
    loss("meanSquaredError", F.mse_loss, P, E)
    loss("meanAbsoluteError", F.l1_loss, P, [1.0, -1.0, -0.5, 0.8])
    loss("huber", lambda p, e: F.huber_loss(p, e, delta=0.8), P, E)
    loss("hinge", lambda p, e: F.relu(1 - p * e).mean(), P, SIGNS)
    loss("squaredHinge", lambda p, e: (F.relu(1 - p * e) ** 2).mean(), P, SIGNS)
    loss("binaryCrossEntropy", F.binary_cross_entropy_with_logits, P, BITS)
    loss("meanSquaredErrorSum", lambda p, e: F.mse_loss(p, e, reduction="sum"), P, E)
    loss("meanAbsoluteErrorSum", lambda p, e: F.l1_loss(p, e, reduction="sum"),
         P, [1.0, -1.0, -0.5, 0.8])
    loss("huberSum", lambda p, e: F.huber_loss(p, e, delta=0.8, reduction="sum"), P, E)
    loss("hingeSum", lambda p, e: F.relu(1 - p * e).sum(), P, SIGNS)
    loss("squaredHingeSum", lambda p, e: (F.relu(1 - p * e) ** 2).sum(), P, SIGNS)
    loss("binaryCrossEntropySum",
         lambda p, e: F.binary_cross_entropy_with_logits(p, e, reduction="sum"), P, BITS)
    label = lambda smoothing: lambda x: F.cross_entropy(
        x[None], torch.tensor([2]), label_smoothing=smoothing)
    loss("crossEntropy", label(0.0), P)
    loss("crossEntropySmoothed", label(0.1), P)
    loss("crossEntropyProbabilities", lambda x, p: F.cross_entropy(x[None], p[None]), P, DISTRIBUTION)
    loss("negativeLogLikelihood",
         lambda x: F.nll_loss(F.log_softmax(x[None], 1), torch.tensor([1])), P)
    loss("kullbackLeibler",
         lambda x, p: F.kl_div(F.log_softmax(x, 0), p, reduction="sum"), P, DISTRIBUTION)
    labels = torch.tensor([2, 0, 1, 1])
    for suffix, reduction in {"Batch": "mean", "BatchSum": "sum"}.items():
        loss(f"crossEntropy{suffix}",
             lambda x: F.cross_entropy(x, labels, reduction=reduction), BATCH)
        loss(f"crossEntropyProbabilities{suffix}",
             lambda x, p: F.cross_entropy(x, p, reduction=reduction), BATCH, DISTRIBUTIONS)
        loss(f"negativeLogLikelihood{suffix}",
             lambda x: F.nll_loss(F.log_softmax(x, 1), labels, reduction=reduction), BATCH)
        loss(f"kullbackLeibler{suffix}",
             lambda x, p: F.kl_div(
                 F.log_softmax(x, 1), p, reduction="batchmean" if reduction == "mean" else "sum"),
             BATCH, DISTRIBUTIONS)


def norms():
    """The outputs, the gradients by inputs and parameters of the weighted sum of outputs."""
    weights = torch.tensor(WEIGHTS)
    for name, module in [
        ("batchNorm", torch.nn.BatchNorm1d(3)),
        ("layerNorm", torch.nn.LayerNorm(3)),
        ("rmsNorm", torch.nn.RMSNorm(3, eps=1e-5)),
    ]:
        with torch.no_grad():
            module.weight.copy_(torch.tensor([1.5, -0.5, 2.0]))
            if hasattr(module, "bias"):
                module.bias.copy_(torch.tensor([0.1, 0.2, -0.3]))
        x = torch.tensor(BATCH, requires_grad=True)
        y = module(x)
        (y * weights).sum().backward()
        line(name, y, x.grad, *[p.grad for p in module.parameters()])
        if name == "batchNorm":
            line("batchNormStatistics", module.running_mean, module.running_var)
            module.eval()
            module.zero_grad()
            x.grad = None
            y = module(x)
            (y * weights).sum().backward()
            line("batchNormInference", y, x.grad, *[p.grad for p in module.parameters()])


def layers():
    """Outputs, then gradients by inputs, weights and biases of the weighted sum of outputs."""
    x = torch.tensor(BATCH, requires_grad=True)
    weight = torch.tensor([[0.3, -0.8, 0.5], [1.2, 0.4, -0.6]], requires_grad=True)
    bias = torch.tensor([0.1, -0.2], requires_grad=True)
    outer = torch.tensor(WEIGHTS)[:, :2]
    for name, function in {
        "dense": lambda: torch.tanh(F.linear(x, weight, bias)),
        "denseGelu": lambda: F.gelu(F.linear(x, weight, bias)),
    }.items():
        x.grad = weight.grad = bias.grad = None
        y = function()
        (y * outer).sum().backward()
        line(name, y, x.grad, weight.grad, bias.grad)
    square = torch.tensor(
        [[0.3, -0.8, 0.5], [1.2, 0.4, -0.6], [-0.5, 0.7, 0.9]], requires_grad=True)
    x.grad = weight.grad = bias.grad = None
    y = x + torch.tanh(F.linear(x, square))
    y = torch.tanh(F.linear(y, weight, bias))
    (y * outer).sum().backward()
    line("residualChain", y, x.grad, square.grad, weight.grad, bias.grad)
    for name, function in {"softmax": torch.softmax, "logSoftmax": torch.log_softmax}.items():
        p = torch.tensor(P, requires_grad=True)
        y = function(p, 0)
        (y * torch.tensor(E)).sum().backward()
        line(name, y, p.grad)
    table = torch.tensor(BATCH, requires_grad=True)
    y = F.embedding(torch.tensor([2, 0, 2]), table)
    (y * torch.tensor(WEIGHTS[:3])).sum().backward()
    line("embedding", y, table.grad)


def problem(x):
    return (1 - x[0]) ** 2 + 10 * (x[1] - x[0] ** 2) ** 2 + 0.5 * torch.sin(x[2]) * x[2]


def optimizers():
    """The three parameters after every fifth of 50 steps."""
    for name, make in {
        "sgd": lambda p: torch.optim.SGD(p, lr=0.01),
        "sgdMomentum": lambda p: torch.optim.SGD(p, lr=0.005, momentum=0.9, weight_decay=0.01),
        "sgdNesterov": lambda p: torch.optim.SGD(p, lr=0.005, momentum=0.9, nesterov=True),
        "adaGrad": lambda p: torch.optim.Adagrad(p, lr=0.1, weight_decay=0.01),
        "rmsProp": lambda p: torch.optim.RMSprop(p, lr=0.01),
        "rmsPropMomentum": lambda p: torch.optim.RMSprop(
            p, lr=0.005, alpha=0.9, momentum=0.5, weight_decay=0.01),
        "adam": lambda p: torch.optim.Adam(p, lr=0.05),
        "adamDecay": lambda p: torch.optim.Adam(p, lr=0.05, betas=(0.8, 0.99), weight_decay=0.1),
        "adamW": lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.1),
        "sgdClippedByValue": lambda p: torch.optim.SGD(p, lr=0.01),
    }.items():
        x = torch.tensor([-1.2, 1.0, 2.0], requires_grad=True)
        optimizer = make([x])
        path = []
        for step in range(50):
            optimizer.zero_grad()
            problem(x).backward()
            if name == "sgdClippedByValue":
                torch.nn.utils.clip_grad_value_([x], 2.0)
            optimizer.step()
            if step % 5 == 4:
                path.append(x.detach().clone())
        line(name, *path)


def rosenbrock(steepness):
    return lambda x: (steepness * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def lbfgs():
    """The parameters after every fifth iteration.

    A call of one iteration keeps its memory for the next; 26 evaluations are what the line search
    takes at most, beside the first of each call. No tolerance ends it early. Where the valley is
    steep, rounding grows tenfold every four iterations: with the terms of the sum multiplied in
    another order PyTorch's own path is elsewhere by 1e-11 after 35 of them, and by 4e-9 after 50.
    """
    for name, function, start, history, steps in [
        ("lbfgs", problem, [-1.2, 1.0, 2.0], 10, 50),
        ("lbfgsShortHistory", problem, [-1.2, 1.0, 2.0], 2, 50),
        ("lbfgsTenDimensions", rosenbrock(10), [-1.2, 1.0] * 5, 10, 50),
        ("lbfgsRosenbrock", rosenbrock(100), [-1.2, 1.0] * 5, 10, 35),
    ]:
        x = torch.tensor(start, requires_grad=True)
        optimizer = torch.optim.LBFGS(
            [x], history_size=history, line_search_fn="strong_wolfe", max_iter=1, max_eval=26,
            tolerance_grad=0.0, tolerance_change=0.0)

        def closure():
            optimizer.zero_grad()
            y = function(x)
            y.backward()
            return y

        path = []
        for step in range(steps):
            optimizer.step(closure)
            if step % 5 == 4:
                path.append(x.detach().clone())
        line(name, *path)


def clipping():
    """The norm before, then the gradients after bounds that hold and that do not."""
    start = [0.3, -1.7, 2.5, 0.9]
    for bound in [10.0, 1.0, 0.01]:
        x = torch.zeros(4, requires_grad=True)
        x.grad = torch.tensor(start)
        line(f"clippedByNorm{bound}", torch.nn.utils.clip_grad_norm_([x], bound), x.grad)
        x.grad = torch.tensor(start)
        torch.nn.utils.clip_grad_value_([x], bound)
        line(f"clippedByValue{bound}", x.grad)


def schedules():
    """The learning rate at the steps 0...11."""
    for name, make in {
        "linear": lambda o: lr_scheduler.LinearLR(o, 0.25, 1.0, 8),
        "exponential": lambda o: lr_scheduler.ExponentialLR(o, 0.9),
        "stepwise": lambda o: lr_scheduler.StepLR(o, 3, 0.5),
        "cosine": lambda o: lr_scheduler.CosineAnnealingLR(o, 11, 0.01),
    }.items():
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.2)
        schedule = make(optimizer)
        rates = []
        for _ in range(12):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            schedule.step()
        line(name, torch.tensor(rates))
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    plateau = lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=1)
    rates = []
    for value in [3.0, 2.0, 2.1, 2.0, 1.9999, 1.5, 1.6, 1.7, 1.8, 1.9]:
        plateau.step(value)
        rates.append(optimizer.param_groups[0]["lr"])
    line("plateau", torch.tensor(rates))


print("/// Written by Tests/Reference/training.py: a name, then PyTorch's numbers, line by line.")
print('let trainingReferences = """')
losses()
norms()
layers()
optimizers()
lbfgs()
clipping()
schedules()
print('  """')
