"""Drives the page in headless Chromium, as a reader does, and checks what it shows.

    python check_playground.py playground.html [folder for screenshots]
"""
import json
import os
import sys
import time

from playwright.sync_api import sync_playwright

page_path = os.path.abspath(sys.argv[1])
pictures = sys.argv[2] if len(sys.argv) > 2 else None
here = os.path.dirname(os.path.abspath(__file__))


def check(condition, sentence):
    if not condition:
        raise SystemExit(f"The page fails: {sentence}")


def near(found, expected, tolerance):
    return abs(found - expected) <= tolerance * max(1, abs(expected))


def gradients(page):
    """The gradient and the slope by nudging of each variable, by its name."""
    cards = page.locator(".variable").all()
    number = lambda text: float(text.replace("−", "-"))
    return {
        card.locator("strong").inner_text(): (
            number(card.locator(".grad").inner_text()), number(card.locator(".nudged").inner_text()))
        for card in cards
    }


def check_presets(page):
    options = page.locator("#preset option").all_inner_texts()
    for place in range(len(options)):
        page.select_option("#preset", str(place))
        for name, (gradient, slope) in gradients(page).items():
            check(near(gradient, slope, 1e-3), f"{options[place]}: {name} has {gradient} and {slope}.")
    page.select_option("#preset", "0")
    found = {name: pair[0] for name, pair in gradients(page).items()}
    check(found == {"a": 6, "b": -4, "c": -2, "f": 4}, f"the articles' gradients are {found}.")
    page.select_option("#preset", "1")
    found = {name: pair[0] for name, pair in gradients(page).items()}
    check(near(found["a"], 138.8338, 1e-4) and near(found["b"], 645.5773, 1e-4), f"micrograd's are {found}.")
    check("data 24.704" in page.inner_text("#stage"), "micrograd's number is not shown.")
    page.select_option("#preset", "2")
    found = {name: pair[0] for name, pair in gradients(page).items()}
    expected = {"w1": 1, "x1": -1.5, "w2": 0, "x2": 0.5, "b": 0.5}
    check(all(near(found[name], expected[name], 1e-4) for name in expected), f"the neuron's are {found}.")


def eager_gradients(page, a, b):
    """The library's eager mode, called from JavaScript: (a·b + c)·f with c = 10, f = −2."""
    return page.evaluate("""([a, b]) => {
        const [x, y, c, f] = [a, b, 10, -2].map((number) => leibniz.value(number));
        x.multiply(y).add(c).multiply(f).backward();
        return [x.grad, y.grad, c.grad, f.grad];
    }""", [a, b])


def check_steps(page):
    page.select_option("#preset", "0")
    page.click("#first")
    check("grad −" not in page.inner_text("#stage"), "a gradient is shown before the first step.")
    sentences = []
    for _ in range(3):
        page.click("#forward")
        sentences.append(page.inner_text("#sentence"))
    check("e = a * b: 2 * (−3) = −6" in sentences[0], sentences[0])
    check("d = e + c" in sentences[1] and "L = d * f" in sentences[2], " ".join(sentences))
    check(page.is_disabled("#forward"), "Forward goes beyond the last node.")
    shown = []
    for _ in range(4):
        page.click("#backward")
        shown.append(page.inner_text("#stage"))
    check("grad 1" in shown[0] and "grad −2" in shown[1] and "grad 4" in shown[1], shown[1])
    check("grad 6" not in shown[2] and "grad 6" in shown[3] and "grad −4" in shown[3], shown[3])
    check("b receives 2 × −2 = −4" in page.inner_text("#sentence"), page.inner_text("#sentence"))
    page.click("#back")
    check("grad 6" not in page.inner_text("#stage"), "a step back does not take the gradient away.")
    page.locator("#stage").press("ArrowRight")
    check("grad 6" in page.inner_text("#stage"), "the right arrow key takes no step.")
    page.locator('input[aria-label="The number of a"]').fill("5")
    found = {name: pair[0] for name, pair in gradients(page).items()}
    expected = dict(zip("abcf", eager_gradients(page, 5, -3)))
    check(found == expected, f"after a = 5 the page shows {found}, eager mode gives {expected}.")
    page.fill("#formula", "a*a + a")
    page.locator('input[aria-label="The number of a"]').fill("3")
    check("which makes 1 + 3 = 4" in walk_back(page), "a shared node's sum is not told.")


def walk_back(page):
    page.evaluate("pages.graph.goTo(0)")
    texts = []
    while not page.is_disabled("#last"):
        button = "#backward" if page.is_disabled("#forward") else "#forward"
        page.click(button)
        texts.append(page.inner_text("#sentence"))
    return " ".join(texts)


def check_library(page):
    """The classes that leibniz.d.ts describes, as another page would use them."""
    found = page.evaluate("""() => {
        const a = leibniz.value(2), b = leibniz.value(-3);
        const y = a.multiply(b).add(a.power(2));
        y.backward();
        const first = [y.data, a.grad, b.grad];
        a.data = 3;
        y.recompute();
        const [c, d] = [leibniz.value(1), leibniz.value(2)];
        leibniz.apply("logSumExp", c, d).backward();
        const model = leibniz.mlp(2, [8, 1], { activation: "tanh", seed: 2 });
        const x = [leibniz.value(0), leibniz.value(0)], target = leibniz.value(0);
        const loss = model.apply(x)[0].subtract(target).power(2);
        const program = leibniz.program(loss, [...x, target], model.parameters);
        const optimizer = leibniz.optimizer("adam", model.parameters, 0.05);
        const samples = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]];
        let mean;
        for (let step = 0; step < 400; step++) {
          optimizer.zeroGrad();
          mean = program.backward(samples);
          optimizer.step();
        }
        const errors = [];
        for (const mistake of [() => leibniz.apply("foo", a), () => model.apply([a]), () => leibniz.program(a, [a, a])]) {
          try { mistake(); } catch (error) { errors.push(error.message); }
        }
        return { first, again: y.data, shares: c.grad + d.grad, mean, outputs: program.run(samples), errors };
    }""")
    check(found["first"] == [-2, 1, 2] and found["again"] == 0, f"values give {found}.")
    check(near(found["shares"], 1, 1e-15), f"logSumExp shares {found['shares']}.")
    check(found["mean"] < 1e-3 and max(found["outputs"]) < 1e-2, f"exclusive or is not learnt: {found}.")
    check(len(found["errors"]) == 3 and all(found["errors"]), f"mistakes are told as {found['errors']}.")


def check_malformed(page):
    for text, position in [("(a*b", 4), ("a + * b", 4), ("foo(a)", 0), ("tanh(a, b)", 0), ("a b", 2), ("", 0)]:
        page.fill("#formula", text)
        message = page.inner_text("#formula-error")
        check(message.split("\n")[-1].index("^") == position, f"{text!r} is told as {message!r}.")
        check(page.get_attribute("#formula", "aria-invalid") == "true", f"{text!r} counts as valid.")
    page.fill("#formula", "x^2")
    check(page.inner_text("#formula-error") == "", "an error stays after the formula is right.")


def check_training(page):
    page.click("#tab-training")
    page.click("#run")
    page.wait_for_function("/right: 100 %/.test(document.querySelector('#figures').textContent)", timeout=60000)
    page.click("#run")
    stopped = page.inner_text("#figures")
    page.wait_for_timeout(300)
    check(page.inner_text("#figures") == stopped, "it trains on after Pause.")
    page.click("#step")
    step = lambda text: int(text.split()[1])
    check(step(page.inner_text("#figures")) == step(stopped) + 1, "One step is not one step.")
    for shape in ["circles", "spirals", "exclusive or"]:
        page.select_option("#shape", shape)
        check(step(page.inner_text("#figures")) == 0, f"{shape} does not begin anew.")
    page.click("#look")
    page.wait_for_timeout(1500)
    page.locator("#regions").click(position={"x": 60, "y": 60})
    check(page.input_value("#shape") == "drawn by hand", "a click draws no point.")
    page.select_option("#shape", "moons")
    page.click("#run")
    # Long tasks are observed while it trains and paints.
    longest = page.evaluate("""() => new Promise((resolve) => {
        let longest = 0;
        new PerformanceObserver((list) => {
          for (const task of list.getEntries()) longest = Math.max(longest, task.duration);
        }).observe({ type: "longtask" });
        setTimeout(() => resolve(longest), 4000);
    })""")
    page.click("#run")
    with open(os.path.join(here, "micrograd.js")) as source:
        page.add_script_tag(content=source.read().replace('"use strict";', ""))
    speeds = page.evaluate("""() => {
        const points = [];
        for (let i = 0; i < 300; i += 3) points.push([...pages.training.points.subarray(i, i + 3)]);
        const plain = microgradStepsPerSecond(points, [2, 16, 16, 1], 3);
        pages.training.restart();
        leibniz.exports.training_step(100);
        const start = performance.now();
        let steps = 0;
        while (performance.now() - start < 3000) { leibniz.exports.training_step(100); steps += 100; }
        return { plain, leibniz: steps / ((performance.now() - start) / 1000) };
    }""")
    ratio = speeds["leibniz"] / speeds["plain"]
    print(f"moons: {speeds['leibniz']:.0f} steps/s, {ratio:.0f} times a plain JavaScript micrograd; longest task {longest:.0f} ms")
    check(speeds["leibniz"] >= 2000 and ratio >= 10, "training is slower than it should be.")
    return longest


def check_names(page):
    page.click("#tab-names")
    page.click("#names-run")
    page.wait_for_function("/^step 3000/.test(document.querySelector('#names-figures').textContent)", timeout=120000)
    words = page.inner_text("#names-figures").split()
    loss, speed = float(words[5]), int(words[6])
    print(f"names: loss {loss}, {speed} steps/s")
    check(loss < 2.4, f"the GPT's loss is {loss}.")
    check(speed >= 500, f"the GPT makes {speed} steps a second.")
    page.fill("#beginning", "ann")
    page.wait_for_function("document.querySelectorAll('#attention div').length === 4"
                           " && document.querySelectorAll('#attention div:first-child span').length === 4")
    shares = [int(text.split("\n")[1].split()[0]) for text in page.locator("#letters span").all_inner_texts()]
    check(90 <= sum(shares) <= 110, f"the probabilities sum to {sum(shares)} %.")
    check(page.locator("#samples li").count() == 12, "no names are made up.")


def check_names_and_roles(page):
    for role, names in {
        "tab": ["Graph", "Training", "GPT"],
        "button": ["Forward", "Backward", "One step back", "Zoom in", "Zoom out"],
        "slider": ["Slide a"], "combobox": ["Example"], "textbox": ["Formula"], "tabpanel": ["Graph"],
    }.items():
        for name in names:
            check(page.get_by_role(role, name=name, exact=True).count() == 1, f"there is no {role} {name}.")
    check(page.get_by_role("img", name="b, data −3, grad −4").count() == 1, "boxes have no names.")
    unnamed = page.evaluate("""() => [...document.querySelectorAll("button, input, select")].filter((element) =>
        !element.getAttribute("aria-label") && !element.labels?.length && !element.textContent.trim()).length""")
    check(unnamed == 0, f"{unnamed} controls have no name.")


def main():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        complaints = []

        def open_page(**options):
            context = browser.new_context(offline=True, **options)
            page = context.new_page()
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            start = time.time()
            page.goto(f"file://{page_path}")
            page.wait_for_selector("#stage svg")
            return page, time.time() - start

        page, seconds = open_page(viewport={"width": 1440, "height": 1000})
        print(f"first picture after {seconds:.2f} s")
        check_names_and_roles(page)
        check_presets(page)
        check_steps(page)
        check_malformed(page)
        check_library(page)
        check_training(page)
        check_names(page)
        for scheme in ["light", "dark"]:
            for width in [390, 1440]:
                page, _ = open_page(
                    viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
                for tab in ["graph", "training", "names"]:
                    page.click(f"#tab-{tab}")
                    if tab == "training":
                        page.click("#run")
                        page.wait_for_timeout(500)
                        page.click("#run")
                    page.wait_for_timeout(200)
                    wide = page.evaluate("document.documentElement.scrollWidth")
                    check(wide <= width, f"{tab} is {wide} pixels wide on a screen of {width}.")
                    if pictures:
                        page.screenshot(path=f"{pictures}/{tab}-{scheme}-{width}.png", full_page=True)
        check(not complaints, f"the console has {json.dumps(complaints)}.")
        browser.close()
    print("The page does what it should.")


main()
