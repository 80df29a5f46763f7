"""Writes the state dictionaries that WeightsFromPyTorchTests reads, with what PyTorch computes.

    python3 Tests/Reference/pytorch_weights.py

For each model NAME.safetensors holds its state dictionary, and outputs.safetensors an input and the
output of each. PyTorch 2 and safetensors are needed.
"""

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

folder = Path(__file__).parent / "pytorch"
folder.mkdir(exist_ok=True)
torch.manual_seed(15)
numbers = {}


def save(name, model, x, dtype=torch.float64):
    model = model.to(dtype).eval()
    save_file(model.state_dict(), folder / f"{name}.safetensors")
    # Numbers of fewer bits are computed with 64: those are what is loaded.
    model, x = model.to(torch.float64), x.to(torch.float64)
    numbers[f"{name}.input"] = x
    with torch.no_grad():
        numbers[f"{name}.output"] = model(x)


def normalisation(model):
    with torch.no_grad():
        for tensor in model.state_dict().values():
            if tensor.is_floating_point():
                tensor.copy_(torch.rand_like(tensor) + 0.5)
    return model


class Cell(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.GRUCell(3, 2)

    def forward(self, x):
        return self.cell(x[:3].unsqueeze(0), x[3:].unsqueeze(0))[0]


class Attention(nn.Module):
    def __init__(self, width):
        super().__init__()
        for name in ("query", "key", "value", "output"):
            setattr(self, name, nn.Linear(width, width, bias=False))

    def forward(self, x):
        def heads(x):
            return x.view(len(x), 4, -1).transpose(0, 1)

        q, k, v = (heads(part(x)) for part in (self.query, self.key, self.value))
        y = nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.output(y.transpose(0, 1).reshape(len(x), -1))


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.attention = Attention(width)
        self.mlp = nn.ModuleDict({
            "hidden": nn.Linear(width, 4 * width, bias=False),
            "output": nn.Linear(4 * width, width, bias=False),
        })

    def forward(self, x):
        norm = lambda x: nn.functional.rms_norm(x, x.shape[-1:], eps=1e-5)
        x = x + self.attention(norm(x))
        return x + self.mlp["output"](torch.relu(self.mlp["hidden"](norm(x))))


class GPT(nn.Module):
    """Karpathy's microgpt."""

    def __init__(self, vocabulary, width=16, context=16):
        super().__init__()
        self.token = nn.Embedding(vocabulary, width)
        self.position = nn.Embedding(context, width)
        self.blocks = nn.ModuleList([Block(width)])
        self.head = nn.Linear(width, vocabulary, bias=False)

    def forward(self, tokens):
        tokens = tokens.long()
        x = self.token(tokens) + self.position(torch.arange(len(tokens)))
        x = nn.functional.rms_norm(x, x.shape[-1:], eps=1e-5)
        for block in self.blocks:
            x = block(x)
        return self.head(x)


def network():
    return nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 1))


save("mlp", network(), torch.tensor([0.3, -0.7]))
save("mlp32", network(), torch.tensor([0.3, -0.7]), torch.float32)
save("mlp16", network(), torch.tensor([0.3, -0.7]), torch.bfloat16)
save("linear", nn.Linear(3, 2), torch.tensor([1.0, -2.0, 0.5]))
save("layernorm", normalisation(nn.LayerNorm(3)), torch.tensor([1.0, -2.0, 0.5]))
save("rmsnorm", normalisation(nn.RMSNorm(3, eps=1e-5)), torch.tensor([1.0, -2.0, 0.5]))
norm = normalisation(nn.BatchNorm1d(3)).eval()
save("batchnorm", norm, torch.tensor([[1.0, -2.0, 0.5]]))
numbers["batchnorm.input"], numbers["batchnorm.output"] = (
    numbers[f"batchnorm.{part}"][0].clone() for part in ("input", "output")
)
cell = Cell()
save("gru", cell, torch.tensor([0.1, 0.2, -0.3, 0.4, -0.5]))
save_file(cell.cell.state_dict(), folder / "gru.safetensors")
recurrent = nn.GRU(3, 2).double()
save_file(recurrent.state_dict(), folder / "gru0.safetensors")
x = torch.tensor([0.1, 0.2, -0.3], dtype=torch.float64)
with torch.no_grad():
    numbers["gru0.input"] = torch.cat([x, torch.zeros(2, dtype=torch.float64)])
    numbers["gru0.output"] = recurrent(x.view(1, 3))[0][0].clone()
save("gpt", GPT(5), torch.tensor([1, 4, 0, 2]))
save_file({name: x.contiguous() for name, x in numbers.items()}, folder / "outputs.safetensors")
