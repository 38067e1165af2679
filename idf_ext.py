"""idf.py builds in build/idf: build/ is the desktop's, which set-target and fullclean would empty or refuse."""

import os


def action_extensions(base_actions, project_path):
    def choose_build_dir(ctx, args, tasks):
        everyones = os.path.realpath(os.path.join(project_path, "build"))
        if args.build_dir is None or os.path.realpath(args.build_dir) == everyones:
            args.build_dir = os.path.join(everyones, "idf")

    return {"version": "1", "global_action_callbacks": [choose_build_dir]}
