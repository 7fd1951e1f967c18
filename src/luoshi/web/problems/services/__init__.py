"""All writes of problems and inspections: finding → mending → judging, consulting, raising; inspecting, visiting, the yearly plan.

Every service is one transaction and one audit record; pages, the demo and jobs call the same function.
"""
