"""Checks with their own readers what the examples moons, deepnet, race and digits wrote.

    python3 Tests/Tools/check_formats.py RUNS CHECKPOINT
"""

import sys
from pathlib import Path

import numpy
from safetensors import safe_open
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def read(directory):
    # Zero keeps every event.
    sizes = {"scalars": 0, "histograms": 0, "images": 0, "tensors": 0}
    board = EventAccumulator(str(directory), size_guidance=sizes)
    board.Reload()
    return board


def check_moons(directory):
    board = read(directory)
    losses = [event.value for event in board.Scalars("loss/training")]
    assert len(losses) == 100, len(losses)
    assert losses[-1] < 0.1 * losses[0], losses
    assert [e.step for e in board.Scalars("learning rate")] == list(range(1, 101))
    histogram = board.Histograms("weights/layers.1.weight")[0].histogram_value
    assert histogram.num == 256 and sum(histogram.bucket) == 256, histogram
    assert -3 < histogram.min < -0.5 and 0.5 < histogram.max < 3, histogram
    assert len(board.Histograms("gradients/layers.1.weight")) == 10


def check_deepnet(directory):
    runs = sorted(path for path in directory.iterdir())
    assert len(runs) == 5, runs
    for run in runs:
        board = read(run)
        assert len(board.Scalars("loss")) == 60
        note = board.Tensors("gradient flow/text_summary" if "gradient flow/text_summary"
                             in board.Tags()["tensors"] else "gradient flow")[0]
        assert b"updates/weights" in note.tensor_proto.string_val[0]
        image = board.Images("first weights")[0]
        assert (image.width, image.height) == (1, 16), image
        check_png(image.encoded_image_string)
        assert board.Histograms("activations/0")[0].histogram_value.num == 8 * 200


def check_search(directory):
    """The plugin for hyperparameters shows each of the settings as a group with its loss."""
    from tensorboard.backend.event_processing.data_provider import MultiplexerDataProvider
    from tensorboard.backend.event_processing.plugin_event_multiplexer import EventMultiplexer
    from tensorboard.context import RequestContext
    from tensorboard.plugins.base_plugin import TBContext
    from tensorboard.plugins.hparams import api_pb2, backend_context
    from tensorboard.plugins.hparams import get_experiment, list_session_groups
    multiplexer = EventMultiplexer().AddRunsFromDirectory(str(directory))
    multiplexer.Reload()
    provider = MultiplexerDataProvider(multiplexer, str(directory))
    context = backend_context.Context(TBContext(data_provider=provider))
    experiment = get_experiment.Handler(
        RequestContext(), context, "", api_pb2.GetExperimentRequest()).run()
    names = {info.name for info in experiment.hparam_infos}
    assert names == {"hidden", "rate", "decay", "motion"}, names
    metric, = experiment.metric_infos
    request = api_pb2.ListSessionGroupsRequest(
        start_index=0, slice_size=100, allowed_statuses=[1],
        col_params=[{"metric": metric.name, "order": api_pb2.ORDER_ASC}])
    groups = list_session_groups.Handler(
        RequestContext(), context, "", request).run().session_groups
    assert len(groups) == 6, groups
    losses = [group.metric_values[0].value for group in groups]
    assert losses == sorted(losses) and losses[0] < 3, losses
    for group in groups:
        assert 1e-3 <= group.hparams["rate"].number_value <= 1e-2, group


def check_png(content):
    """The chunks and their checks, and the pixels behind zlib's own check."""
    import struct
    import zlib
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    place, chunks = 8, {}
    while place < len(content):
        length, name = struct.unpack(">I4s", content[place:place + 8])
        body = content[place + 8:place + 8 + length]
        check, = struct.unpack(">I", content[place + 8 + length:place + 12 + length])
        assert check == zlib.crc32(name + body), name
        chunks[name] = body
        place += 12 + length
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    assert len(zlib.decompress(chunks[b"IDAT"])) == height * (width + 1)
    assert b"IEND" in chunks


def check_checkpoint(path):
    with safe_open(path, framework="numpy") as file:
        names = set(file.keys())
        assert {"layers.0.weight", "layers.2.bias", "optimizer.memory",
                "training.history"} <= names, names
        assert file.get_tensor("layers.0.weight").shape == (16, 2)
        assert file.get_tensor("layers.0.weight").dtype == numpy.float64
        history = file.get_tensor("training.history")
        assert history.shape == (100, 5) and history[-1, 1] == 1.0, history[-1]
        assert "generator" in file.metadata()


def check_pictures(directory):
    """An XML parser reads every picture, and no coordinate is infinite or no number."""
    import re
    from xml.etree import ElementTree
    pictures = sorted(directory.glob("*.svg"))
    assert len(pictures) >= 3, pictures
    for path in pictures:
        for element in ElementTree.parse(path).iter():
            for name, value in element.attrib.items():
                assert not re.search(r"\b(nan|inf)", value), (path, name, value)


runs = Path(sys.argv[1])
check_moons(runs / "moons")
check_deepnet(runs / "deepnet")
check_search(runs / "search")
check_checkpoint(sys.argv[2])
check_pictures(Path("."))
print("TensorBoard, safetensors and an XML parser read what was written.")
