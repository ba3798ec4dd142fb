SELECT studies.* FROM studies JOIN runs ON runs.study = studies.digest WHERE runs.id = $id
