import pytest

from finetune.classifier import Config
from finetune.config import as_table, build, load
from finetune.errors import InputError


@pytest.fixture
def recipe(tmp_path):
    def write(text: str):
        path = tmp_path / "recipe.toml"
        path.write_text(text)
        return path

    return write


def test_values_come_from_file_and_command_line(recipe):
    path = recipe('output = "runs/a"\nmodel = "m"\n[training]\nrate = 1\n')
    config = load(path, Config, ["training.rate=2e-4", "model=other", 'evaluate=["x.jsonl"]'])
    assert config.training.rate == 2e-4
    assert str(config.model) == "other"
    assert config.evaluate[0].name == "x.jsonl"
    assert build(as_table(config), Config) == config


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('output = "a"\nmodel = "m"\n[training]\nrats = 1\n', "did you mean `rate`"),
        ('output = "a"\nmodel = "m"\nzzz = 1\n', "unknown key `zzz`; known are"),
        ('output = "a"\n', "`model` is missing"),
        ('output = "a"\nmodel = 3\n', "Path is wanted, not 3"),
        ('output = "a"\nmodel = "m"\n[training]\nbatch = 1.5\n', "int is wanted, not 1.5"),
        ('output = "a"\nmodel = "m"\n[training]\nprecision = "f16"\n', "not one of 'f32', 'bf16'"),
        ('output = "a"\nmodel = "m"\n[unrelated]\nneighbours = 0.5\n', "needs an `embedder`"),
        ("output = ", "not TOML"),
    ],
)
def test_errors_say_what_is_wrong(recipe, text, message):
    with pytest.raises(InputError, match=message.replace("[", r"\[")):
        load(recipe(text), Config)


def test_overrides_must_fit(recipe):
    path = recipe('output = "a"\nmodel = "m"\n')
    with pytest.raises(InputError, match="write key=value"):
        load(path, Config, ["rate"])
    with pytest.raises(InputError, match="no such place"):
        load(path, Config, ["model.rate=1"])


def test_a_missing_recipe_is_bad_input(run_step, capsys):
    from finetune.__main__ import main

    assert main(["classifier", "nowhere.toml"]) == 2
    assert "nowhere.toml: cannot be read" in capsys.readouterr().err
