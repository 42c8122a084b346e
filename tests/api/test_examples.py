"""The examples of the description: each body has one, and each is a body that can be read."""

from typing import Any

import pytest

from opennrm.api.acting import _body
from opennrm.api.examples import JSON, example_of
from opennrm.api.operations import OPERATIONS
from opennrm.api.register_shapes import writing_shape
from opennrm.lifecycle.kinds import KINDS
from opennrm.records.shapes import shape_of, taken_from
from opennrm.web.coordination.registers import REGISTERS
from tests import cast
from tests.api.calling import described, let_in


def bodies() -> dict[str, Any]:
    """Return the JSON body of every operation that takes one, by the name of the operation."""
    methods = [one for path in described()["paths"].values() for one in path.values()]
    return {
        str(one["operationId"]): one["requestBody"]["content"][JSON]
        for one in methods
        if JSON in one.get("requestBody", {}).get("content", {})
    }


class TestAnExample:
    def test_stands_beside_every_body(self) -> None:
        without = [name for name, body in bodies().items() if body.get("example") in (None, {})]

        # What may be sent empty has nothing that must be there.
        assert len(without) < 12, without
        assert len(bodies()) >= 400

    @pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
    def test_of_a_step_is_what_its_use_case_takes(self, operation: Any) -> None:
        told = bodies()
        name = operation.name if operation.name in told else f"{operation.name}_alone"

        read = _body(operation).model_validate(told[name]["example"])

        assert taken_from(operation.takes, getattr(read, operation.noun))

    def test_is_of_a_shape_that_bears_its_name_alone(self) -> None:
        shapes = [shape_of(operation.takes) for operation in OPERATIONS]
        names = {shape.__name__ for shape in dict.fromkeys(shapes)}

        assert len(names) == len(set(shapes))

    def test_of_a_register_is_an_entry_that_can_be_read(self) -> None:
        told = bodies()
        for one in REGISTERS:
            for act in ("add", "change", "remove"):
                shape = writing_shape(one, act)
                schema = shape.model_json_schema()
                made = example_of(schema, schema.get("$defs", {}))
                assert shape.model_validate(made), (one.name, act)
        assert told["add_to_organisations"]["example"]["entry"]["kind"]

    def test_of_a_contact_is_recorded_as_it_stands(self) -> None:
        answer = let_in(cast.POLICE_OFFICER).post(
            "/record-contact", bodies()["record_contact"]["example"]
        )

        assert answer.status_code == 201, answer.content

    def test_names_codes_where_a_field_has_them(self) -> None:
        contact = bodies()["record_contact"]["example"]["contact"]

        assert contact["route"] in KINDS["contact_recorded"].fields["route"].codes
